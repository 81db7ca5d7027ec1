#include "services/planning/domain/code_edition.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/text.h"
#include "services/planning/domain/field_check.h"

namespace sakip::planning {
namespace {

constexpr size_t kEditionNameCharactersMax = 200;
constexpr size_t kIndicatorCharactersMax = 1000;
constexpr size_t kUnitCharactersMax = 200;
constexpr size_t kSegmentsMax = 6;

bool IsDigits(absl::string_view text, size_t size) {
  return text.size() == size && std::all_of(text.begin(), text.end(), [](char c) {
           return absl::ascii_isdigit(static_cast<unsigned char>(c));
         });
}

// True where `text` may stand at the place `i` of a nomenclature code.
bool IsSegment(absl::string_view text, size_t i) {
  switch (i) {
    case 0:
      return IsDigits(text, 1) || text == "X";
    case 1:
      return IsDigits(text, 2) || text == "XX";
    case 3:
      return IsDigits(text, 1);
    case 5:
      return IsDigits(text, 4) || IsDigits(text, 2);
    default:
      return IsDigits(text, 2);
  }
}

bool IsCodeOf(EditionKind kind, absl::string_view code) {
  return kind == EditionKind::kRegions ? IsRegionCode(code) : LevelOfCode(code).has_value();
}

// `code` without its last `count` segments.
absl::string_view WithoutLast(absl::string_view code, int count) {
  for (; count > 0; --count) code = code.substr(0, code.rfind('.'));
  return code;
}

void CheckValidity(const CodeEdition& edition, FieldErrors& errors) {
  const auto from = ParseDate(edition.valid_from);
  if (!from.ok()) errors.Add("code_edition.valid_from", from.status().message());
  if (edition.valid_to.empty()) return;
  const auto to = ParseDate(edition.valid_to);
  if (!to.ok()) {
    errors.Add("code_edition.valid_to", to.status().message());
  } else if (from.ok() && *to < *from) {
    errors.Add("code_edition.valid_to", "is before valid_from");
  }
}

// Of what only sub-activities have, and not all of them.
void CheckOfSubActivity(const std::string& text, bool is_sub_activity, size_t most,
                        const std::string& path, FieldErrors& errors) {
  if (text.empty()) return;
  if (!is_sub_activity) return errors.Add(path, "is given; only sub-activities have one");
  CheckName(text, path, errors, most);
}

void CheckEntry(const CodeEntry& entry, EditionKind kind, const std::string& path,
                UniqueCodes& codes, FieldErrors& errors) {
  if (IsCodeOf(kind, entry.code)) {
    codes.Add(entry.code, path + ".code");
  } else {
    errors.Add(path + ".code", kind == EditionKind::kRegions
                                   ? "is no region code; two digits a segment, such as 35.09"
                                   : "is no nomenclature code, such as 1.06.04, 1.06.04.2.01 or "
                                     "1.06.04.2.01.0001");
  }
  CheckName(entry.display_name, path + ".display_name", errors);
  const bool is_sub_activity = kind == EditionKind::kNomenclature &&
                               LevelOfCode(entry.code) == NomenclatureLevel::kSubActivity;
  CheckOfSubActivity(entry.indicator, is_sub_activity, kIndicatorCharactersMax, path + ".indicator",
                     errors);
  CheckOfSubActivity(entry.unit, is_sub_activity, kUnitCharactersMax, path + ".unit", errors);
}

void CheckEntries(const CodeEdition& edition, FieldErrors& errors) {
  const std::string list = "code_edition.entries";
  if (edition.entries.empty()) return errors.Add(list, "is empty; an edition has codes");
  if (edition.kind == EditionKind::kUnspecified) return;  // Which codes are good is not known.
  UniqueCodes codes(errors);
  for (size_t i = 0; i < edition.entries.size(); ++i) {
    CheckEntry(edition.entries[i], edition.kind, list + Index(i), codes, errors);
  }
  for (size_t i = 0; i < edition.entries.size(); ++i) {
    const std::string& code = edition.entries[i].code;
    if (!IsCodeOf(edition.kind, code)) continue;
    const std::string above(CodeAbove(edition.kind, code));
    if (above.empty() || codes.Contains(above)) continue;
    errors.Add(absl::StrCat(list, Index(i), ".code"),
               absl::StrCat("has nothing above it; ", above, " must be in the edition too"));
  }
}

}  // namespace

std::optional<NomenclatureLevel> LevelOfCode(absl::string_view code) {
  const std::vector<absl::string_view> segments = absl::StrSplit(code, '.');
  if (segments.size() > kSegmentsMax) return std::nullopt;
  for (size_t i = 0; i < segments.size(); ++i) {
    if (!IsSegment(segments[i], i)) return std::nullopt;
  }
  switch (segments.size()) {
    case 1:
      return NomenclatureLevel::kUrusan;
    case 2:
      return NomenclatureLevel::kBidang;
    case 3:
      return NomenclatureLevel::kProgram;
    case 5:
      return NomenclatureLevel::kActivity;
    case 6:
      return NomenclatureLevel::kSubActivity;
    default:
      return std::nullopt;  // Who is in charge (kewenangan) is no code by itself.
  }
}

absl::string_view CodeAbove(EditionKind kind, absl::string_view code) {
  if (kind == EditionKind::kRegions) {
    return code.rfind('.') == absl::string_view::npos ? absl::string_view() : WithoutLast(code, 1);
  }
  switch (LevelOfCode(code).value_or(NomenclatureLevel::kUrusan)) {
    case NomenclatureLevel::kProgram:
    case NomenclatureLevel::kSubActivity:
      return WithoutLast(code, 1);
    case NomenclatureLevel::kActivity:
      return WithoutLast(code, 2);
    default:
      return {};
  }
}

absl::Status CheckCodeEdition(const CodeEdition& edition) {
  FieldErrors errors;
  const auto name = ParseRegionNameIn(kCodeEditions, edition.name);
  if (!name.ok()) {
    errors.Add("code_edition.name", name.status().message());
  } else if (!IsAgencyCode(name->id)) {
    errors.Add("code_edition.name",
               "ends with no code of an edition; lower-case letters, digits and hyphens, such as "
               "kepmendagri-050-5889-2021");
  }
  if (edition.kind == EditionKind::kUnspecified) {
    errors.Add("code_edition.kind", "is missing; KIND_REGIONS or KIND_NOMENCLATURE");
  }
  CheckName(edition.display_name, "code_edition.display_name", errors, kEditionNameCharactersMax);
  CheckName(edition.legal_basis, "code_edition.legal_basis", errors);
  CheckValidity(edition, errors);
  CheckEntries(edition, errors);
  return errors.ToStatus();
}

absl::Status CodeEditionNotFound(absl::string_view name) {
  return MakeError(absl::StatusCode::kNotFound, "CODE_EDITION_NOT_FOUND",
                   absl::StrCat("no code edition was published as ", name));
}

absl::Status CodeEditionExists(absl::string_view name) {
  return MakeError(absl::StatusCode::kAlreadyExists, "CODE_EDITION_EXISTS",
                   absl::StrCat(name, " was published before; editions do not change"));
}

EditionCodes::EditionCodes(std::vector<CodeEntry> entries) : entries_(std::move(entries)) {
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const CodeEntry& a, const CodeEntry& b) { return a.code < b.code; });
}

const CodeEntry* EditionCodes::Find(absl::string_view code) const {
  const auto it = std::lower_bound(
      entries_.begin(), entries_.end(), code,
      [](const CodeEntry& entry, absl::string_view wanted) { return entry.code < wanted; });
  return it != entries_.end() && it->code == code ? &*it : nullptr;
}

const CodeEntry* EditionCodes::FindOfAny(absl::string_view code) const {
  constexpr absl::string_view kAny = "X.XX";
  const CodeEntry* entry = Find(code);
  if (entry != nullptr || code.size() < kAny.size()) return entry;
  return Find(absl::StrCat(kAny, code.substr(kAny.size())));
}

}  // namespace sakip::planning
