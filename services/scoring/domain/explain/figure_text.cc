#include "services/scoring/domain/explain/figure_text.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "services/scoring/domain/explain/expression_text.h"

namespace sakip::scoring::explain {
namespace {

// A text in each language.
struct Told {
  const char* indonesian;
  const char* english;

  const char* In(Language language) const {
    return language == Language::kIndonesian ? indonesian : english;
  }
};

template <size_t kSize>
constexpr bool AllTold(const Told (&table)[kSize]) {
  for (const Told& told : table) {
    if (told.indonesian[0] == '\0' || told.english[0] == '\0') return false;
  }
  return true;
}

// Each of these tables is in the order of its enumeration.
constexpr Told kLevels[] = {{"instansi", "agency"},           {"sasaran", "objective"},
                            {"program", "program"},           {"kegiatan", "activity"},
                            {"sub kegiatan", "sub-activity"}, {"indikator", "indicator"}};
static_assert(std::size(kLevels) == static_cast<size_t>(FigureLevel::kIndicator) + 1 &&
              AllTold(kLevels));

constexpr Told kKinds[] = {{"capaian tahun", "achievement of the year"},
                           {"capaian sampai dengan triwulan", "achievement to date"},
                           {"serapan anggaran", "absorption"},
                           {"efisiensi", "efficiency"},
                           {"predikat tahun", "rating of the year"},
                           {"predikat sampai dengan triwulan", "rating to date"}};
static_assert(std::size(kKinds) == static_cast<size_t>(FigureKind::kRatingToDate) + 1 &&
              AllTold(kKinds));

constexpr Told kStates[] = {{"belum jatuh tempo", "not due"},
                            {"belum dilaporkan", "missing"},
                            {"tidak berlaku", "not applicable"},
                            {"tidak dapat dinilai", "not scored"},
                            {"nol", "zero"},
                            {"sementara", "provisional"},
                            {"final", "final"}};
static_assert(std::size(kStates) == static_cast<size_t>(FigureState::kFinal) + 1 &&
              AllTold(kStates));

// $0 the subject, $1 the expression, $2 the result with its unit.
constexpr Told kSteps[] = {
    {"$0: $2", "$0: $2"},
    {"$0 digabungkan: $1 = $2", "$0 is combined: $1 = $2"},
    {"$0 dihitung: $1 = $2", "$0 is computed: $1 = $2"},
    {"$0 dibatasi: $1 = $2", "$0 is bounded: $1 = $2"},
    {"$0 adalah rata-rata: $1 = $2", "$0 is the mean: $1 = $2"},
    {"$0 dibulatkan untuk dicetak: $1 = $2", "$0 is rounded for print: $1 = $2"},
    {"$0: $2, karena $1", "$0: $2, because $1"},
    {"$0: $1", "$0: $1"}};
static_assert(std::size(kSteps) == static_cast<size_t>(Step::Kind::kState) + 1 && AllTold(kSteps));

// What is said after it.
constexpr Told kStateResult = {"$0 = $1", "$0 = $1"};
constexpr Told kChild = {"Indikator $0: $1, $2", "Indicator $0: $1, $2"};
constexpr Told kNote = {"; $0", "; $0"};
constexpr Told kScale = {"; skala $0", "; scale $0"};
constexpr Told kReason = {"; alasan: $0", "; reason: $0"};
constexpr Told kOfEvent = {" menurut $0 revisi $1, $2 (log $3, posisi $4)",
                           " from $0 revision $1, $2 (log of $3, position $4)"};
constexpr Told kOfPolicy = {"; menurut kebijakan $0", "; by policy $0"};
constexpr Told kOfWeight = {"; bobot $0", "; weight $0"};
constexpr Told kRupiah = {"Rp$0", "Rp$0"};
constexpr Told kTitle = {"$0 $1: $2", "$0 of $1: $2"};
constexpr Told kTitles[] = {kStateResult, kChild,    kNote,     kScale,  kReason,
                            kOfEvent,     kOfPolicy, kOfWeight, kRupiah, kTitle};
static_assert(AllTold(kTitles));

// What the domain writes in a step, and how it is told.
struct Word {
  const char* written;
  Told told;
};

constexpr Word kSubjects[] = {
    {"target", {"Target", "Target"}},
    {"realization", {"Realisasi", "Realization"}},
    {"achievement", {"Capaian", "Achievement"}},
    {"achievement before clamping", {"Capaian sebelum dibatasi", "Achievement before bounding"}},
    {"rating", {"Predikat", "Rating"}},
    {"budget", {"Pagu", "Budget"}},
    {"realized", {"Realisasi anggaran", "Realized budget"}},
    {"absorption", {"Serapan", "Absorption"}},
    {"efficiency", {"Efisiensi", "Efficiency"}},
    {"efficiency value", {"Nilai efisiensi", "Efficiency value"}},
    {"earned", {"Pagu x capaian", "Budget x achievement"}},
    {"spent", {"Realisasi anggaran keluaran", "Realized budget of outputs"}},
    {"child", {"Indikator", "Indicator"}},
};
constexpr Word kResults[] = {{"met", {"tercapai", "met"}},
                             {"not met", {"tidak tercapai", "not met"}}};
constexpr Word kUnits[] = {{"percentage points", {"poin persentase", "percentage points"}}};
constexpr Word kEfficiencies[] = {
    {"efisien", {"efisien", "efficient (efisien)"}},
    {"cukup efisien", {"cukup efisien", "fairly efficient (cukup efisien)"}},
    {"tidak efisien", {"tidak efisien", "not efficient (tidak efisien)"}}};

// `written` itself where the table does not have it.
template <size_t kSize>
std::string TellWord(const Word (&table)[kSize], absl::string_view written, Language language) {
  for (const Word& word : table) {
    if (written == word.written) return word.told.In(language);
  }
  return std::string(written);
}

absl::string_view LogName(Log log) { return log == Log::kRealization ? "realization" : "planning"; }

std::string WithUnit(std::string number, const std::string& unit, Language language) {
  if (unit == "Rp") return absl::Substitute(kRupiah.In(language), number);
  if (unit.empty()) return number;
  return absl::StrCat(number, " ", TellWord(kUnits, unit, language));
}

std::string ResultText(const Step& step, Language language) {
  if (step.kind == Step::Kind::kRating) return TellWord(kEfficiencies, step.result, language);
  return WithUnit(ExpressionText(step.result, language), step.unit, language);
}

std::string ExpressionOf(const Step& step, Language language) {
  return step.words.empty() ? ExpressionText(step.expression, language)
                            : TextOf(step.words, language);
}

// A child of a share.
std::string ChildText(const Step& step, Language language) {
  const size_t space = step.source.find(' ');
  return absl::Substitute(kChild.In(language), step.source.substr(space + 1),
                          ExpressionOf(step, language), TellWord(kResults, step.result, language));
}

std::string MainText(const Step& step, Language language) {
  if (step.subject == "child") return ChildText(step, language);
  const std::string subject = TellWord(kSubjects, step.subject, language);
  const std::string result = ResultText(step, language);
  std::string expression = ExpressionOf(step, language);
  if (step.kind == Step::Kind::kState && !step.result.empty()) {
    expression = absl::Substitute(kStateResult.In(language), expression, result);
  }
  return absl::Substitute(kSteps[static_cast<size_t>(step.kind)].In(language), subject, expression,
                          result);
}

std::string NoteText(const Step& step, Language language) {
  if (step.note.empty()) return "";
  const bool verbatim = step.note.code == PhraseCode::kVerbatim;
  const Told& pattern = !verbatim ? kNote : step.kind == Step::Kind::kRating ? kScale : kReason;
  return absl::Substitute(pattern.In(language), TextOf(step.note, language));
}

std::string EventText(const EventSource& source, Language language) {
  return absl::Substitute(kOfEvent.In(language), source.name, source.revision, source.path,
                          LogName(source.log), source.log_position);
}

// Where the numbers stand: of an input in the sentence, of all else after it.
std::string SourcesText(const ExplainedStep& explained, Language language) {
  const Step::Kind kind = explained.step.kind;
  std::string text;
  for (const EventSource& source : explained.sources) {
    if (kind == Step::Kind::kInput || kind == Step::Kind::kState) {
      text += EventText(source, language);
    } else if (kind == Step::Kind::kMean) {
      text += absl::Substitute(kOfWeight.In(language), ExpressionText(source.value, language));
      text += EventText(source, language);
    } else {
      return absl::Substitute(kOfPolicy.In(language), source.name);
    }
  }
  return text;
}

std::string Capitalized(std::string text) {
  if (!text.empty()) text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  return text;
}

// Of an efficiency it depends on the method.
std::string UnitOf(const Explanation& explanation) {
  for (const ExplainedStep& explained : explanation.steps) {
    const Step& step = explained.step;
    if (step.kind == Step::Kind::kFormula && step.subject == "efficiency") return step.unit;
  }
  return "%";
}

std::string FigureText(const Explanation& explanation, Language language) {
  const Figure& figure = explanation.figure;
  const std::string state = kStates[static_cast<size_t>(figure.state)].In(language);
  if (!figure.exact.has_value()) return state;
  const std::string shown =
      explanation.rating.empty()
          ? WithUnit(ExpressionText(figure.printed, language), UnitOf(explanation), language)
          : explanation.rating;
  return absl::StrCat(shown, ", ", state);
}

}  // namespace

absl::string_view LevelName(FigureLevel level, Language language) {
  return kLevels[static_cast<size_t>(level)].In(language);
}

absl::string_view KindName(FigureKind kind, Language language) {
  return kKinds[static_cast<size_t>(kind)].In(language);
}

std::string TitleText(const Explanation& explanation, Language language) {
  const auto& [level, code] = explanation.key.item;
  std::string of(LevelName(level, language));
  if (!code.empty()) absl::StrAppend(&of, " ", code);
  if (!explanation.name.empty()) absl::StrAppend(&of, " (", explanation.name, ")");
  return Capitalized(absl::Substitute(kTitle.In(language), KindName(explanation.key.kind, language),
                                      of, FigureText(explanation, language)));
}

std::string StepText(const ExplainedStep& explained, Language language) {
  const Step& step = explained.step;
  return absl::StrCat(MainText(step, language), SourcesText(explained, language),
                      NoteText(step, language), ".");
}

std::vector<absl::string_view> SubjectsWithWords() {
  std::vector<absl::string_view> subjects;
  for (const Word& word : kSubjects) subjects.push_back(word.written);
  return subjects;
}

}  // namespace sakip::scoring::explain
