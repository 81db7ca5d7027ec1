#include "services/realization/domain/check_step.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/text.h"
#include "services/realization/domain/submission_name.h"

namespace sakip::realization {
namespace {

constexpr size_t kCharactersMax = 2000;
constexpr size_t kDigestDigits = 64;

bool IsHexadecimal(absl::string_view text) {
  return text.find_first_not_of("0123456789abcdef") == absl::string_view::npos;
}

}  // namespace

void CheckName(absl::string_view name, FieldErrors& errors) {
  const auto parsed = ParseSubmissionName(name);
  if (!parsed.ok()) errors.Add("name", parsed.status().message());
}

void CheckContentDigest(absl::string_view digest, FieldErrors& errors) {
  if (digest.size() != kDigestDigits || !IsHexadecimal(digest)) {
    errors.Add("content_digest", absl::StrCat("is no digest; the ", kDigestDigits,
                                              " hexadecimal digits of the submission read"));
  }
}

void CheckDueTime(bool given, absl::Time due_time, FieldErrors& errors) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  if (!given) {
    errors.Add("due_time", "is missing; say until when the quarter is to be submitted");
  } else if (due_time < absl::FromCivil(absl::CivilYear(kYearMin), utc) ||
             due_time >= absl::FromCivil(absl::CivilYear(kYearMax + 2), utc)) {
    errors.Add("due_time", absl::StrCat("is in no year from ", kYearMin, " to ", kYearMax + 1));
  }
}

void CheckWords(absl::string_view path, absl::string_view text, bool required,
                FieldErrors& errors) {
  const absl::Status status = CheckText(text, required ? 1 : 0, kCharactersMax);
  if (!status.ok()) errors.Add(path, status.message());
}

void CheckReasons(const std::vector<ReturnReason>& reasons, FieldErrors& errors) {
  if (reasons.empty()) errors.Add("reasons", "is empty; say what is wrong");
  for (size_t i = 0; i < reasons.size(); ++i) {
    CheckWords(absl::StrCat("reasons[", i, "].reason"), reasons[i].reason, /*required=*/true,
               errors);
  }
}

absl::Status CheckReasonCodes(const std::vector<ReturnReason>& reasons,
                              const PlanCodes& submitted) {
  FieldErrors errors;
  for (size_t i = 0; i < reasons.size(); ++i) {
    const std::string& code = reasons[i].code;
    const bool known = code.empty() || submitted.indicators.contains(code) ||
                       submitted.sub_activities.contains(code) ||
                       submitted.objectives.contains(code);
    if (known) continue;
    errors.Add(absl::StrCat("reasons[", i, "].code"),
               absl::StrCat("names ", code, ", no line of the submission"));
  }
  return errors.ToStatus();
}

PlanCodes CodesOf(const Submission& submission) {
  PlanCodes codes;
  for (const auto& line : submission.indicators) codes.indicators.insert(line.indicator_code);
  for (const auto& line : submission.budgets) codes.sub_activities.insert(line.sub_activity_code);
  for (const auto& line : submission.objectives) codes.objectives.insert(line.objective_code);
  return codes;
}

std::vector<std::string> MissingCodes(const std::set<std::string>& plan,
                                      const std::set<std::string>& submitted) {
  std::vector<std::string> missing;
  std::set_difference(plan.begin(), plan.end(), submitted.begin(), submitted.end(),
                      std::back_inserter(missing));
  return missing;
}

}  // namespace sakip::realization
