// A printed report and what its figures claim to be, as values. The shapes follow
// sakip/scoring/v1/report.proto, whose comments say what each part means; what a column declares is
// here on each of its figures.
#ifndef SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REPORT_H_
#define SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REPORT_H_

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "services/scoring/domain/review/printed_number.h"

namespace sakip::scoring::review {

// What is empty is as in the figure that claims.
struct CellRef {
  std::string table;
  std::string row;
  std::string column;
};

// Never holds the figure that claims. No rows: all.
struct CellRange {
  std::string table;
  std::string column;
  std::vector<std::string> rows;
};

struct PlanFigure {
  enum class Document { kAnnualPlan, kActionPlan, kAgreement, kStrategicPlan };
  enum class Value { kTarget, kBudget };

  Document document = Document::kAnnualPlan;
  Value value = Value::kTarget;
  std::string code;
  int year = 0;  // Of a strategic plan; 0 is the scorecard's.
  bool first_revision = false;
};

struct ScorecardFigure {
  enum class Value {
    kTarget,
    kRealization,
    kAchievement,
    kRating,
    kBudget,
    kRealized,
    kAbsorption
  };

  Value value = Value::kAchievement;
  std::string code;
  bool to_date = false;
};

using FigureSource = std::variant<CellRef, PlanFigure, ScorecardFigure>;

struct Equals {
  FigureSource source;
};

struct Quotient {
  FigureSource dividend;
  FigureSource divisor;
  std::vector<FigureSource> other_divisors;
  bool against_target = false;
};

struct Sum {
  std::vector<CellRange> add;
  std::vector<CellRange> subtract;
};

struct Mean {
  CellRange cells;
};

struct Count {
  enum class Relation { kAll, kAbove, kAtLeast, kBelow };

  CellRange rows;
  Relation relation = Relation::kAll;
  std::string other_column;
  bool share = false;
};

struct AtMost {
  FigureSource source;
};

struct Claim {
  std::variant<Equals, Quotient, Sum, Mean, Count, AtMost> what;
  std::string path;  // In the request, for errors.
};

// The figures of a column share its claims: a claim may be long. Never null.
struct Figure {
  std::string row;
  std::string column;
  std::string printed;
  std::string place;  // For people; may be empty.
  NumberFormat format = NumberFormat::kIndonesian;
  std::string unit;  // That the column prints; empty where it is not looked at.
  std::shared_ptr<const std::vector<Claim>> claims = std::make_shared<std::vector<Claim>>();
  std::string path;  // In the request, for errors.
};

struct Table {
  std::string name;
  std::vector<Figure> figures;
};

struct Report {
  std::vector<Table> tables;
};

// The most that a review takes; what passes it is refused before anything is computed.
constexpr size_t kFiguresMax = 2000;  // Of all tables.
constexpr size_t kTextBytesMax = 200;
// Figures that all claims together refer to; a range counts each of its figures.
constexpr size_t kReferencesMax = 10'000;

}  // namespace sakip::scoring::review

#endif  // SAKIP_SERVICES_SCORING_DOMAIN_REVIEW_REPORT_H_
