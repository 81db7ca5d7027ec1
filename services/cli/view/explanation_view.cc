#include "services/cli/view/explanation_view.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "services/cli/text/utf8.h"

namespace sakip::cli {
namespace {

using ::sakip::scoring::v1::EventSource;
using ::sakip::scoring::v1::ExplainedStep;
using ::sakip::scoring::v1::Explanation;
using ::sakip::scoring::v1::Language;

constexpr int kIndent = 2;

struct Words {
  const char* proved;      // $0 the log, $1 the position.
  const char* not_proved;  // And $2 why.
  const char* left_out;    // $0 what, $1 its value.
};

constexpr Words kIndonesian = {"terbukti: log $0, posisi $1",
                               "TIDAK TERBUKTI: log $0, posisi $1: $2",
                               "$0: $1 (tidak dijabarkan di sini; minta tersendiri)"};
constexpr Words kEnglish = {"proved: log of $0, position $1",
                            "NOT PROVED: log of $0, position $1: $2",
                            "$0: $1 (not explained here; ask for it)"};

template <typename Message>
std::string TextOf(const Message& message) {
  return message.texts().empty() ? "" : message.texts(0).text();
}

// Of all texts, which are of one language.
const Words& WordsOf(const Explanation& explanation) {
  const bool english = !explanation.texts().empty() &&
                       explanation.texts(0).language() == scoring::v1::LANGUAGE_ENGLISH;
  return english ? kEnglish : kIndonesian;
}

class Renderer {
 public:
  Renderer(const Words& words, const ProofOf& proof_of, const Screen& screen)
      : words_(words), proof_of_(proof_of), screen_(screen) {}

  void Add(const Explanation& explanation, int depth) {
    const std::string indent(static_cast<size_t>(depth * kIndent), ' ');
    if (explanation.left_out()) {
      const std::string& value = explanation.figure().value();
      text_ += Paragraph(
          indent,
          absl::Substitute(words_.left_out, explanation.key().code(), value.empty() ? "-" : value),
          screen_.columns);
      return;
    }
    absl::StrAppend(&text_, indent,
                    Paint(Printable(TextOf(explanation)), Color::kBold, screen_.color), "\n");
    for (int i = 0; i < explanation.steps_size(); ++i) {
      AddStep(absl::StrFormat("%s%*d. ", indent, kIndent + 2, i + 1), explanation.steps(i));
    }
    for (const Explanation& child : explanation.children()) Add(child, depth + 1);
  }

  const std::string& text() const { return text_; }

 private:
  void AddStep(const std::string& prefix, const ExplainedStep& step) {
    text_ += Paragraph(prefix, TextOf(step), screen_.columns);
    if (!proof_of_) return;
    const std::string below(prefix.size(), ' ');
    for (const EventSource& source : step.sources()) {
      if (source.log() == EventSource::LOG_UNSPECIFIED) continue;
      const bool realization = source.log() == EventSource::LOG_REALIZATION;
      const absl::string_view log = realization ? "realization" : "planning";
      const absl::Status status = proof_of_(source);
      const std::string line = absl::Substitute(status.ok() ? words_.proved : words_.not_proved,
                                                log, source.log_position(), status.message());
      text_ += Paint(Paragraph(below, line, screen_.columns),
                     status.ok() ? Color::kGreen : Color::kRed, screen_.color);
    }
  }

  const Words& words_;
  const ProofOf& proof_of_;
  const Screen& screen_;
  std::string text_;
};

}  // namespace

std::string RenderExplanation(const Explanation& explanation, const ProofOf& proof_of,
                              const Screen& screen) {
  Renderer renderer(WordsOf(explanation), proof_of, screen);
  renderer.Add(explanation, 0);
  return renderer.text();
}

}  // namespace sakip::cli
