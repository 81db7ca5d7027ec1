#include "services/cli/files/field_places.h"

#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

// `unit` of `annual_plan.objectives[0].indicators[2].target.unit`, `children` of `children[1]`.
absl::string_view LastName(absl::string_view field) {
  field = field.substr(field.rfind('.') + 1);
  return field.substr(0, field.find('['));
}

// Where a field stands: in the table where its part is there, in the document otherwise.
struct Place {
  absl::string_view path;
  std::optional<FilePosition> position;
  absl::string_view column;  // Where the field is a cell of the table.
};

Place FindPlace(const FieldPlaces& places, absl::string_view field) {
  const InputTable& table = *places.table;
  if (!table.path.empty() && absl::StartsWith(field, table.field)) {
    if (const auto position = table.positions.Find(field); position.has_value()) {
      const PlanColumn& column = table.columns[static_cast<size_t>(position->column) - 1];
      const bool is_cell = table.positions.Has(field) && LastName(field) == LastName(column.field);
      return {table.path, position, is_cell ? column.name : ""};
    }
  }
  return {places.path, places.positions->Find(field), ""};
}

}  // namespace

std::string FormatField(const FieldPlaces& places, absl::string_view field,
                        absl::string_view description) {
  const Place place = FindPlace(places, field);
  // A field that is a cell is called by its column, all others as the document calls them.
  const absl::string_view name = place.column.empty() ? field : place.column;
  if (place.position.has_value()) {
    return FormatIssue(place.path, {*place.position, std::string(name), std::string(description)});
  }
  return Printable(absl::StrCat(place.path, ": ", name, name.empty() ? "" : ": ", description));
}

std::string FormatPlace(const FieldPlaces& places, absl::string_view field) {
  const Place place = FindPlace(places, field);
  if (!place.position.has_value()) return std::string(place.path);
  return absl::StrCat(place.path, ":", place.position->line, ":", place.position->column);
}

}  // namespace sakip::cli
