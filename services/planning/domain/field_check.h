// The checks that fields of all documents share. Each adds an error at `path` where the value is
// wrong. Pure functions.
#ifndef SAKIP_SERVICES_PLANNING_DOMAIN_FIELD_CHECK_H_
#define SAKIP_SERVICES_PLANNING_DOMAIN_FIELD_CHECK_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/error.h"
#include "common/exact/decimal.h"
#include "services/planning/domain/document.h"

namespace sakip::planning {

// 1 to 64 letters, digits, dots, hyphens, underscores.
void CheckCode(const std::string& code, const std::string& path, FieldErrors& errors);

// 1 to `most` characters of UTF-8 without control characters and marks that turn the writing
// direction.
void CheckName(const std::string& name, const std::string& path, FieldErrors& errors,
               size_t most = 500);

// A decimal that is not negative, and a unit.
void CheckMeasure(const std::optional<Measure>& measure, const std::string& path,
                  FieldErrors& errors);

// Rupiah, not negative; absent where it is wrong.
std::optional<exact::Decimal> CheckMoney(const std::string& text, const std::string& path,
                                         FieldErrors& errors);

void CheckYear(int year, const std::string& path, FieldErrors& errors);

void CheckDate(const std::string& date, const std::string& path, FieldErrors& errors);

void CheckRatio(const RatioDefinition& ratio, const std::string& path, FieldErrors& errors);

// The name of the region that publishes: one, not all.
void CheckRegion(const std::string& name, const std::string& path, FieldErrors& errors);

// Codes of the units responsible. `path` is that of the list.
void CheckResponsibleUnits(const std::vector<std::string>& units, const std::string& path,
                           FieldErrors& errors);

// A list of `count` items, of which there is at least one.
void CheckNotEmpty(size_t count, const std::string& path, FieldErrors& errors);

// `[3]`.
std::string Index(size_t i);

// Remembers where each text of one kind stands and refuses the second. Not thread-safe.
class UniqueTexts {
 public:
  explicit UniqueTexts(FieldErrors& errors) : errors_(errors) {}

  // True where the text is the first of its kind.
  bool Add(const std::string& text, const std::string& path);

  bool Contains(const std::string& text) const { return paths_.contains(text); }

 private:
  FieldErrors& errors_;
  std::map<std::string, std::string> paths_;
};

// The same for codes, whose form is checked as well. Not thread-safe.
class UniqueCodes {
 public:
  explicit UniqueCodes(FieldErrors& errors) : errors_(errors), texts_(errors) {}

  void Add(const std::string& code, const std::string& path);

  bool Contains(const std::string& code) const { return texts_.Contains(code); }

 private:
  FieldErrors& errors_;
  UniqueTexts texts_;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_DOMAIN_FIELD_CHECK_H_
