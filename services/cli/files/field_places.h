// FieldPlaces: where the fields of a message stand in the files that it was read from, so that what
// a server says of a field is told at its place.
#ifndef SAKIP_SERVICES_CLI_FILES_FIELD_PLACES_H_
#define SAKIP_SERVICES_CLI_FILES_FIELD_PLACES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/cli/csv/plan_columns.h"
#include "services/cli/yaml/yaml_message.h"

namespace sakip::cli {

// A table beside a file, which a part of its message was read from. Places are row and column.
struct InputTable {
  std::string path;   // Empty where the file has none.
  std::string field;  // The part: `annual_plan.objectives`.
  std::vector<PlanColumn> columns;
  FieldPositions positions = {};
  // Every row and column is in the message; where not, nothing can be said of that part of it.
  bool whole = true;
};

// Borrows what it points at. A value.
struct FieldPlaces {
  absl::string_view path;
  const FieldPositions* positions;
  const InputTable* table;
  bool is_request = false;  // The file is the request itself and not a message in it.
};

// `q4.yaml:12:3: annual_plan.year: is ...`, `rkt.csv:7:15: target: is ...`, one line, safe to
// print; without a place where neither the field nor what is around it stands in the files.
std::string FormatField(const FieldPlaces& places, absl::string_view field,
                        absl::string_view description);

// `rkt.csv:7:15`, where the field or what is around it stands; only the file where neither does.
std::string FormatPlace(const FieldPlaces& places, absl::string_view field);

}  // namespace sakip::cli

#endif  // SAKIP_SERVICES_CLI_FILES_FIELD_PLACES_H_
