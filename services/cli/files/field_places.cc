#include "services/cli/files/field_places.h"

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

// A field that is a cell is called by its column, all others as the document calls them.
std::string FormatCell(const InputTable& table, FilePosition position, absl::string_view field,
                       absl::string_view description) {
  const auto& column = table.columns[static_cast<size_t>(position.column) - 1];
  const bool is_cell = table.positions.Has(field) && LastName(field) == LastName(column.field);
  return FormatIssue(
      table.path, {position, std::string(is_cell ? column.name : field), std::string(description)});
}

}  // namespace

std::string FormatField(const FieldPlaces& places, absl::string_view field,
                        absl::string_view description) {
  if (!places.table->path.empty() && absl::StartsWith(field, places.table->field)) {
    if (const auto position = places.table->positions.Find(field); position.has_value()) {
      return FormatCell(*places.table, *position, field, description);
    }
  }
  if (const auto position = places.positions->Find(field); position.has_value()) {
    return FormatIssue(places.path, {*position, std::string(field), std::string(description)});
  }
  return Printable(absl::StrCat(places.path, ": ", field, field.empty() ? "" : ": ", description));
}

}  // namespace sakip::cli
