#include "services/scoring/domain/explain/explanation.h"

#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/base/error.h"
#include "services/scoring/domain/explain/figure_text.h"
#include "services/scoring/domain/explain/step_sources.h"

namespace sakip::scoring::explain {
namespace {

// A sum of more terms is told by how many there are.
constexpr size_t kTermsMax = 50;

bool IsSum(const Step& step) {
  return step.subject == "budget" || step.subject == "realized" || step.subject == "earned" ||
         step.subject == "spent";
}

// The last result that a derivation has of `subject`; empty where there is none.
std::string ResultOf(const Derivation& derivation, absl::string_view subject) {
  std::string result;
  for (const Step& step : derivation) {
    if (step.subject == subject && !step.result.empty()) result = step.result;
  }
  return result;
}

size_t BytesOf(const ExplainedStep& explained) {
  const Step& step = explained.step;
  size_t bytes = step.expression.size() + step.result.size() + step.source.size();
  for (const EventSource& source : explained.sources) {
    bytes += source.name.size() + source.path.size() + source.value.size();
  }
  return bytes;
}

// Explains figure after figure, those nearest to the first one first. Not thread-safe.
class Explainer {
 public:
  Explainer(const Basics& basics, const FigureIndex& index, const Bounds& bounds)
      : basics_(basics), index_(index), bounds_(bounds) {}

  Explanation Explain(const FigureKey& key) {
    Explanation root = Named(key);
    std::deque<std::pair<Explanation*, int>> next = {{&root, 0}};
    for (; !next.empty(); next.pop_front()) {
      auto [explanation, depth] = next.front();
      if (depth > bounds_.depth) continue;
      if (depth > 0 && (figures_ >= bounds_.figures || bytes_ >= bounds_.step_bytes)) continue;
      Fill(*explanation);
      for (Explanation& child : explanation->children) next.emplace_back(&child, depth + 1);
    }
    return root;
  }

 private:
  Explanation Named(const FigureKey& key) const {
    const Item& item = *index_.Find(key.item);
    Explanation named;
    named.key = key;
    named.figure = *item.FigureOf(key.kind);
    const bool rated = key.kind == FigureKind::kRating || key.kind == FigureKind::kRatingToDate;
    if (rated) named.rating = item.AchievementOf(key.kind)->rating;
    named.left_out = true;
    return named;
  }

  void Fill(Explanation& explanation) {
    const FigureKey& key = explanation.key;
    const Item& item = *index_.Find(key.item);
    explanation.left_out = false;
    explanation.name = item.name;
    for (const Step& step : *item.DerivationOf(key.kind)) {
      if (!BelongsTo(item, key.kind, step)) continue;
      explanation.steps.push_back({WithTerms(item, key.kind, step), {}});
      explanation.steps.back().sources = SourcesOf(basics_, index_, item, step);
      bytes_ += BytesOf(explanation.steps.back());
    }
    for (const FigureKey& child : index_.ChildrenOf(item, key.kind)) {
      explanation.children.push_back(Named(child));
    }
    ++figures_;
  }

  // A rating is the one step that reads it off the scale; what became of an output is told where
  // that output is.
  static bool BelongsTo(const Item& item, FigureKind kind, const Step& step) {
    if (kind == FigureKind::kRating || kind == FigureKind::kRatingToDate) {
      return step.kind == Step::Kind::kRating || step.kind == Step::Kind::kState;
    }
    const bool of_output = step.note.code == PhraseCode::kNothingOfOutput;
    return !of_output || item.parts.empty();
  }

  // A sum over parts with its numbers, which are the results of the same step of each part.
  Step WithTerms(const Item& item, FigureKind kind, Step step) const {
    if (item.parts.empty() || item.parts.size() > kTermsMax || !IsSum(step)) return step;
    std::vector<std::string> terms;
    for (const ItemKey& part : item.parts) {
      std::string term = ResultOf(*index_.Find(part)->DerivationOf(kind), step.subject);
      if (!term.empty()) terms.push_back(std::move(term));
    }
    if (terms.empty()) return step;
    step.kind = Step::Kind::kAggregation;
    step.words = {};
    step.expression = absl::StrJoin(terms, " + ");
    return step;
  }

  const Basics& basics_;
  const FigureIndex& index_;
  const Bounds& bounds_;
  size_t figures_ = 0;
  size_t bytes_ = 0;
};

// The levels on which something has the code.
std::string Elsewhere(const FigureIndex& index, const std::string& code) {
  std::vector<std::string> levels;
  for (const FigureLevel level :
       {FigureLevel::kObjective, FigureLevel::kProgram, FigureLevel::kActivity,
        FigureLevel::kSubActivity, FigureLevel::kIndicator}) {
    if (index.Find({level, code}) == nullptr) continue;
    levels.push_back(std::string(LevelName(level, Language::kEnglish)));
  }
  return levels.empty() ? "" : absl::StrCat("; it is the code of: ", absl::StrJoin(levels, ", "));
}

absl::Status NoItem(const Basics& basics, const FigureIndex& index, const ItemKey& key) {
  return InvalidField(
      "figure.code",
      absl::StrCat("is '", key.second, "', no ", LevelName(key.first, Language::kEnglish), " of ",
                   basics.plan.ref.Versioned(), Elsewhere(index, key.second)));
}

}  // namespace

absl::StatusOr<Explanation> Explain(const Basics& basics, const FigureKey& key,
                                    const Bounds& bounds) {
  const FigureIndex index(basics.scorecard);
  const Item* item = index.Find(key.item);
  if (item == nullptr) return NoItem(basics, index, key.item);
  const Achievement* rated = item->AchievementOf(key.kind);
  const bool of_mean = item->to_date == nullptr;  // Nobody rates the mean of outputs.
  const bool is_rating = key.kind == FigureKind::kRating || key.kind == FigureKind::kRatingToDate;
  if (item->FigureOf(key.kind) == nullptr || (is_rating && (rated == nullptr || of_mean))) {
    return InvalidField(
        "figure.kind",
        absl::StrCat("is ", KindName(key.kind, Language::kEnglish), ", which a ",
                     LevelName(key.item.first, Language::kEnglish), " does not have"));
  }
  return Explainer(basics, index, bounds).Explain(key);
}

}  // namespace sakip::scoring::explain
