#include "services/planning/domain/field_check.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/resource_name.h"
#include "common/base/text.h"

namespace sakip::planning {
namespace {

constexpr size_t kCodeBytesMax = 64;
constexpr size_t kUnitCharactersMax = 64;

bool IsCode(const std::string& code) {
  if (code.empty() || code.size() > kCodeBytesMax) return false;
  for (const char c : code) {
    const auto byte = static_cast<unsigned char>(c);
    if (!absl::ascii_isalnum(byte) && c != '.' && c != '-' && c != '_') return false;
  }
  return true;
}

}  // namespace

void CheckCode(const std::string& code, const std::string& path, FieldErrors& errors) {
  if (IsCode(code)) return;
  errors.Add(path,
             "is no code; 1 to 64 letters, digits, dots, hyphens or underscores, such as "
             "rehsos.alat_bantu");
}

void CheckName(const std::string& name, const std::string& path, FieldErrors& errors, size_t most) {
  const absl::Status status = CheckLine(name, 1, most);
  if (!status.ok()) errors.Add(path, status.message());
}

void CheckMeasure(const std::optional<Measure>& measure, const std::string& path,
                  FieldErrors& errors) {
  if (!measure.has_value()) {
    errors.Add(path, "is missing; value and unit are required");
    return;
  }
  const auto value = exact::Decimal::Parse(measure->value);
  if (!value.ok()) {
    errors.Add(absl::StrCat(path, ".value"), value.status().message());
  } else if (value->is_negative()) {
    errors.Add(absl::StrCat(path, ".value"), "is negative; zero or more");
  }
  const absl::Status unit = CheckLine(measure->unit, 1, kUnitCharactersMax);
  if (!unit.ok()) {
    errors.Add(absl::StrCat(path, ".unit"), absl::StrCat(unit.message(), ", such as orang or %"));
  }
}

std::optional<exact::Decimal> CheckMoney(const std::string& text, const std::string& path,
                                         FieldErrors& errors) {
  const auto value = exact::Decimal::ParseMoney(text);
  if (!value.ok()) {
    errors.Add(path, value.status().message());
    return std::nullopt;
  }
  if (value->is_negative()) {
    errors.Add(path, "is negative; zero or more rupiah");
    return std::nullopt;
  }
  return *value;
}

void CheckYear(int year, const std::string& path, FieldErrors& errors) {
  if (year >= kYearMin && year <= kYearMax) return;
  errors.Add(path, absl::StrCat("is no year from ", kYearMin, " to ", kYearMax));
}

void CheckDate(const std::string& date, const std::string& path, FieldErrors& errors) {
  const auto day = ParseDate(date);
  if (!day.ok()) errors.Add(path, day.status().message());
}

void CheckRatio(const RatioDefinition& ratio, const std::string& path, FieldErrors& errors) {
  CheckName(ratio.numerator, path + ".ratio.numerator", errors);
  CheckName(ratio.denominator, path + ".ratio.denominator", errors);
}

void CheckResponsibleUnits(const std::vector<std::string>& units, const std::string& path,
                           FieldErrors& errors) {
  for (size_t i = 0; i < units.size(); ++i) CheckCode(units[i], path + Index(i), errors);
}

void CheckRegion(const std::string& name, const std::string& path, FieldErrors& errors) {
  const auto region = ParseRegionName(name);
  if (!region.ok()) {
    errors.Add(path, region.status().message());
  } else if (region->is_all_regions()) {
    errors.Add(path, "is all regions; the one that publishes, such as regions/35");
  }
}

void CheckNotEmpty(size_t count, const std::string& path, FieldErrors& errors) {
  if (count == 0) errors.Add(path, "is empty; at least one");
}

std::string Index(size_t i) { return absl::StrCat("[", i, "]"); }

bool UniqueTexts::Add(const std::string& text, const std::string& path) {
  const auto [it, is_new] = paths_.emplace(text, path);
  if (!is_new) {
    errors_.Add(path, absl::StrCat("repeats ", it->second, ", \"", text, "\"; each is there once"));
  }
  return is_new;
}

void UniqueCodes::Add(const std::string& code, const std::string& path) {
  CheckCode(code, path, errors_);
  if (IsCode(code)) texts_.Add(code, path);
}

}  // namespace sakip::planning
