// Reference values: which rows may be published, and what becomes of each. Values and pure
// functions.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_REFERENCE_VALUE_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_REFERENCE_VALUE_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "common/base/error.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

inline constexpr char kReferenceValues[] = "referenceValues";  // The collection.

enum class ReferenceLevel { kUnspecified, kNational, kProvincial };

// As sakip.planning.v1.ReferenceValue, whose comments say what each field means.
struct ReferenceValue {
  std::string indicator_code;
  int year = 0;
  ReferenceLevel level = ReferenceLevel::kUnspecified;
  std::optional<Measure> measure;
  std::string source;
  std::string note;
};

// `regions/35/referenceValues/national.2023.IKU1`. Requires a good row.
std::string ReferenceValueName(absl::string_view region, const ReferenceValue& value);

// What is wrong with each row, in their order, with paths that begin with `rows[i]`; nothing where
// it is good. A row that repeats indicator, year and level of an earlier one is wrong.
std::vector<std::vector<FieldViolation>> CheckReferenceRows(
    const std::vector<ReferenceValue>& rows);

enum class RowOutcome { kCreated, kUpdated, kUnchanged };

// What becomes of a good row where `latest` is the value that there is. Equal numbers are the same
// value however they are written, units and texts only where every byte is the same.
RowOutcome DecideRow(const ReferenceValue& row, const std::optional<ReferenceValue>& latest);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_REFERENCE_VALUE_H_
