#include "services/cli/session/failure.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/base/error.h"
#include "services/cli/session/wrong_fields.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

// `document.annual_plan.year` of a request is `annual_plan.year` of the file, unless the file is
// the whole request.
absl::string_view InFile(absl::string_view field, const FieldPlaces& places) {
  if (places.is_request) return field;
  const size_t point = field.find('.');
  return point == absl::string_view::npos ? absl::string_view() : field.substr(point + 1);
}

std::string ViolationLine(const FieldViolation& violation, const FieldPlaces* places) {
  const absl::string_view field =
      places == nullptr ? absl::string_view() : InFile(violation.field, *places);
  if (field.empty()) return Printable(absl::StrCat(violation.field, ": ", violation.description));
  return FormatField(*places, field, violation.description);
}

ExitCode ExitCodeOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return ExitCode::kUnreachable;
    default:
      return ExitCode::kRefused;
  }
}

}  // namespace

ExitCode ReportRefusal(std::ostream& err, absl::string_view what, const absl::Status& status,
                       const FieldPlaces* places) {
  const std::string reason = ErrorReason(status);
  err << Printable(absl::StrCat("sakipctl: ", what, ": ", absl::StatusCodeToString(status.code()),
                                reason.empty() ? "" : " ", reason))
      << "\n";
  const auto violations = FieldViolations(status);
  for (const FieldViolation& violation : violations) {
    err << "  " << ViolationLine(violation, places) << "\n";
  }
  const std::string left_out = WrongFieldsLeftOut(status);
  if (!left_out.empty()) err << "  " << left_out << "\n";
  if (violations.empty() && !status.message().empty()) {
    err << "  " << Printable(status.message()) << "\n";
  }
  for (const ErrorFact& fact : ErrorFacts(status)) {
    err << "  " << Printable(absl::StrCat(fact.key, ": ", fact.value)) << "\n";
  }
  return ExitCodeOf(status.code());
}

ExitCode ReportUsage(std::ostream& err, absl::string_view what, absl::string_view text) {
  const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
  err << Printable(absl::StrCat("sakipctl: ", what, what.empty() ? "" : ": ", lines[0])) << "\n";
  for (size_t i = 1; i < lines.size(); ++i) err << "  " << Printable(lines[i]) << "\n";
  return ExitCode::kUsage;
}

void Warn(std::ostream& err, absl::string_view text) {
  err << Printable(absl::StrCat("sakipctl: warning: ", text)) << "\n";
}

}  // namespace sakip::cli
