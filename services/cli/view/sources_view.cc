#include "services/cli/view/sources_view.h"

#include "absl/strings/str_cat.h"
#include "services/cli/text/utf8.h"
#include "services/cli/view/policy_view.h"
#include "services/cli/view/words.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::Sources;

absl::string_view BasisWords(Sources::Basis basis) {
  return basis == Sources::BASIS_VERIFIED ? "pengajuan terverifikasi" : "semua pengajuan";
}

}  // namespace

std::string RenderSources(const Sources& sources, const Screen& screen) {
  std::string text = absl::StrCat("Kebijakan  ", Printable(PolicyName(sources.policy())), "\n",
                                  "Dasar      ", BasisWords(sources.basis()), "\n");
  absl::string_view label = "Sumber     ";
  for (const auto& source : sources.documents()) {
    const std::string line = absl::StrCat(
        ShortName(source.document()), " revisi ", source.revision(), ", berlaku sejak ",
        source.effective_date(), " (log planning posisi ", source.log_position(), ")");
    absl::StrAppend(&text, Paragraph(label, line, screen.columns));
    label = "           ";
  }
  for (const auto& source : sources.submissions()) {
    const std::string line = absl::StrCat(
        ShortName(source.submission()), " revisi ", source.revision(), " (log realization posisi ",
        source.log_position(), ")", source.verified() ? ", terverifikasi" : "",
        source.illustrative() ? ", ILUSTRASI: angka dibuat-buat" : "");
    absl::StrAppend(&text, Paragraph(label, line, screen.columns));
    label = "           ";
  }
  return text;
}

}  // namespace sakip::cli
