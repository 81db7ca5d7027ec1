#include "tests/bench/scorecard_figures.h"

#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"

namespace sakip::bench {
namespace {

using scoring::v1::IndicatorScore;

class Collector {
 public:
  Figures Collect(const scoring::v1::Scorecard& card) {
    Add("", card);
    for (const auto& objective : card.objectives()) {
      Add(objective.code(), objective);
      AddIndicators(objective);
      for (const auto& program : objective.programs()) {
        Add("absorption", program.code(), program.budget().absorption());
        for (const auto& activity : program.activities()) {
          Add("absorption", activity.code(), activity.budget().absorption());
          for (const auto& sub_activity : activity.sub_activities()) {
            Add("absorption", sub_activity.code(), sub_activity.budget().absorption());
            AddIndicators(sub_activity);
          }
        }
      }
    }
    return std::move(figures_);
  }

 private:
  void Add(const char* kind, const std::string& code, const scoring::v1::Figure& figure) {
    if (figure.digits().empty()) return;
    figures_[absl::StrCat(kind, " ", code)] = std::atof(figure.digits().c_str());
  }

  // Of what has a mean of its own.
  template <typename Node>
  void Add(const std::string& code, const Node& node) {
    Add("year", code, node.achievement().figure());
    Add("to_date", code, node.to_date().figure());
    Add("absorption", code, node.budget().absorption());
  }

  template <typename Node>
  void AddIndicators(const Node& node) {
    for (const IndicatorScore& indicator : node.indicators()) {
      Add("year", indicator.code(), indicator.year().achievement().figure());
      Add("to_date", indicator.code(), indicator.to_date().achievement().figure());
    }
  }

  Figures figures_;
};

}  // namespace

Figures FiguresOf(const scoring::v1::Scorecard& card) { return Collector().Collect(card); }

}  // namespace sakip::bench
