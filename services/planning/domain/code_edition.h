// Editions of codes: what may be published as one, and the codes of one to look up. Values and pure
// functions.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_CODE_EDITION_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_CODE_EDITION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace sakip::planning {

inline constexpr char kCodeEditions[] = "codeEditions";  // The collection.

enum class EditionKind { kUnspecified, kRegions, kNomenclature };

struct CodeEntry {
  std::string code;
  std::string display_name;
  std::string indicator;
  std::string unit;
};

// As sakip.planning.v1.CodeEdition, whose comments say what each field means.
struct CodeEdition {
  std::string name;
  EditionKind kind = EditionKind::kUnspecified;
  std::string display_name;
  std::string legal_basis;
  std::string valid_from;
  std::string valid_to;
  std::vector<CodeEntry> entries;
};

// What a code of the nomenclature is of (domain-rules.md 1.9).
enum class NomenclatureLevel { kUrusan, kBidang, kProgram, kActivity, kSubActivity };

// Absent where `code` is none: `1`, `1.06`, `1.06.04`, `1.06.04.2.01`, `1.06.04.2.01.0001`, or
// `1.06.04.2.01.01` as it was before 2020.
std::optional<NomenclatureLevel> LevelOfCode(absl::string_view code);

// The code that must be in the edition where `code`, a good one of its kind, is; empty where there
// is none.
absl::string_view CodeAbove(EditionKind kind, absl::string_view code);

// INVALID_ARGUMENT INVALID_FIELD with paths that begin with `code_edition`.
absl::Status CheckCodeEdition(const CodeEdition& edition);

absl::Status CodeEditionNotFound(absl::string_view name);
absl::Status CodeEditionExists(absl::string_view name);

// The codes of one edition. Immutable, thread-safe.
class EditionCodes {
 public:
  // Of a code that stands twice the first entry counts.
  explicit EditionCodes(std::vector<CodeEntry> entries);

  // Null where the code is not in the edition. Lives as long as this.
  const CodeEntry* Find(absl::string_view code) const;

  // The same, and where the code is not there by itself, that for any urusan and bidang: `X.XX.01`
  // for `1.06.01`.
  const CodeEntry* FindOfAny(absl::string_view code) const;

  size_t size() const { return entries_.size(); }

 private:
  std::vector<CodeEntry> entries_;  // By code.
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_CODE_EDITION_H_
