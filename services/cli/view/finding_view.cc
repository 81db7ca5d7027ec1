#include "services/cli/view/finding_view.h"

#include "absl/strings/str_cat.h"
#include "common/exact/number_format.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

using ::sakip::types::v1::Finding;

struct SeverityWord {
  absl::string_view text;
  Color color;
};

SeverityWord WordOf(Finding::Severity severity) {
  switch (severity) {
    case Finding::SEVERITY_ERROR:
      return {"KESALAHAN", Color::kRed};
    case Finding::SEVERITY_WARNING:
      return {"PERINGATAN", Color::kYellow};
    default:
      return {"INFORMASI", Color::kNone};
  }
}

// `33.33 %` -> `33,33 %`, `60979145296 Rp` -> `Rp60.979.145.296`.
std::string ValueText(absl::string_view value) {
  const size_t blank = value.find(' ');
  const absl::string_view number = value.substr(0, blank);
  const absl::string_view unit = blank == absl::string_view::npos ? "" : value.substr(blank + 1);
  if (unit == "Rp") return exact::FormatRupiah(number);
  return absl::StrCat(exact::FormatIndonesian(number), unit.empty() ? "" : " ", unit);
}

}  // namespace

std::string RenderFinding(const Finding& finding, const Screen& screen) {
  const SeverityWord severity = WordOf(finding.severity());
  std::string text =
      absl::StrCat(Paint(severity.text, severity.color, screen.color), " ",
                   Printable(finding.code()), " ", Printable(finding.subject()), "\n");
  const std::string& message =
      finding.message_id().empty() ? finding.message() : finding.message_id();
  absl::StrAppend(&text, Paragraph("  ", message, screen.columns));
  for (const auto& figure : finding.figures()) {
    const std::string lead = absl::StrCat("  - ", ValueText(figure.value()));
    if (figure.location().empty()) {
      absl::StrAppend(&text, Printable(lead), "\n");
    } else {
      absl::StrAppend(&text, Paragraph(lead + "  ", figure.location(), screen.columns));
    }
  }
  return text;
}

}  // namespace sakip::cli
