#include "services/cli/csv/plan_rows.h"

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace sakip::cli {
namespace {

constexpr FilePosition kTop = {};

// An objective, a program, an activity or a sub-activity, as its rows make it.
struct Item {
  // What a row said of a column, and which row.
  struct Given {
    int row;
    std::string text;
  };

  YamlNode fields;
  std::map<absl::string_view, Given> given;  // By the name of the column.
  std::vector<YamlNode> indicators;
  std::vector<YamlNode> budget_parts;
  std::vector<std::unique_ptr<Item>> children;
  std::map<std::string, Item*, std::less<>> by_code;  // Of `children`.
};

YamlNode MakeList(std::vector<YamlNode> items) {
  YamlNode list = MakeNode(YamlNode::Kind::kSequence, items.front().position);
  list.items = std::move(items);
  return list;
}

void PutList(absl::string_view name, std::vector<YamlNode> items, YamlNode& map) {
  if (!items.empty()) SetValue(map, name, MakeList(std::move(items)));
}

class ObjectiveRows {
 public:
  explicit ObjectiveRows(Cells& cells) : cells_(cells), levels_(AnnualPlanLevels()) {}

  // False where the row does not say what it is about.
  bool Add(const CsvRow& row) {
    const int depth = DepthOf(row);
    if (depth < 0) return false;
    bool says_something = false;
    Item* item = &root_;
    for (int level = 0; level <= depth; ++level) {
      item = FindOrAdd(row, levels_[level], *item, says_something);
    }
    says_something |= AddIndicator(row, *item);
    if (depth == Deepest()) says_something |= AddBudgetPart(row, *item);
    if (!says_something) {
      cells_.Note(row, CodeColumn(depth),
                  absl::StrCat("says nothing that row ", item->given.at(CodeColumn(depth)).row,
                               " does not; remove it"));
    }
    return true;
  }

  YamlNode Take() { return TakeChildren(root_, 0); }

 private:
  // Sub-activities, which alone have a budget.
  int Deepest() const { return static_cast<int>(levels_.size()) - 1; }

  absl::string_view CodeColumn(int level) const { return levels_[level].columns[0].name; }

  // The level that the row is about; negative, with an issue, where its codes do not say.
  int DepthOf(const CsvRow& row) const {
    int depth = Deepest();
    while (depth >= 0 && cells_.Text(row, CodeColumn(depth)).empty()) --depth;
    bool right = depth >= 0;
    if (!right) cells_.Note(row, CodeColumn(0), "is missing");
    for (int level = 0; level < depth; ++level) {
      if (!cells_.Text(row, CodeColumn(level)).empty()) continue;
      cells_.Note(row, CodeColumn(level),
                  absl::StrCat("is missing; the row gives ", CodeColumn(depth)));
      right = false;
    }
    for (int level = depth + 1; right && level <= Deepest(); ++level) {
      RefuseWithout(row, levels_[level].columns, level);
    }
    if (right && depth < Deepest()) RefuseWithout(row, BudgetPartColumns(), Deepest());
    return right ? depth : -1;
  }

  // What is said of a level whose code the row does not give.
  void RefuseWithout(const CsvRow& row, absl::Span<const PlanColumn> columns, int level) const {
    for (const PlanColumn& column : columns) {
      if (cells_.Text(row, column.name).empty()) continue;
      cells_.Note(row, column.name,
                  absl::StrCat("is given, but no ", CodeColumn(level), " that it is of"));
    }
  }

  Item* FindOrAdd(const CsvRow& row, const PlanLevel& level, Item& parent, bool& says_something) {
    const absl::string_view code = cells_.Text(row, level.columns[0].name);
    auto known = parent.by_code.find(code);
    if (known == parent.by_code.end()) {
      Item& item = *parent.children.emplace_back(std::make_unique<Item>());
      item.fields = MakeNode(YamlNode::Kind::kMap, cells_.Place(row, level.columns[0].name));
      known = parent.by_code.emplace(std::string(code), &item).first;
    }
    for (const PlanColumn& column : level.columns) {
      says_something |= AddField(row, column, *known->second);
    }
    return known->second;
  }

  // True where the row is the first to give the field.
  bool AddField(const CsvRow& row, const PlanColumn& column, Item& item) {
    const absl::string_view text = cells_.Text(row, column.name);
    if (text.empty()) return false;
    const auto [given, is_first] =
        item.given.emplace(column.name, Item::Given{row.number, std::string(text)});
    if (is_first) {
      cells_.Put(row, column, item.fields);
    } else if (column.kind == ColumnKind::kNumber) {
      // Two equal amounts may be two halves.
      cells_.Note(row, column.name,
                  absl::StrCat("stands in row ", given->second.row, " too; give it once"));
    } else if (given->second.text != text) {
      cells_.Note(row, column.name, absl::StrCat("is not what row ", given->second.row, " says"));
    }
    return is_first;
  }

  bool AddIndicator(const CsvRow& row, Item& item) {
    if (!cells_.HasAny(row, IndicatorColumns())) return false;
    YamlNode indicator = cells_.Read(row, IndicatorColumns());
    const absl::string_view unit = cells_.Text(row, "unit");
    if (!cells_.Text(row, "target_upper").empty() && !unit.empty()) {
      YamlNode of_upper = MakeNode(YamlNode::Kind::kScalar, cells_.Place(row, "unit"));
      of_upper.text = std::string(unit);
      SetValue(indicator, "target_upper.unit", std::move(of_upper));
    }
    item.indicators.push_back(std::move(indicator));
    return true;
  }

  bool AddBudgetPart(const CsvRow& row, Item& item) {
    if (!cells_.HasAny(row, BudgetPartColumns())) return false;
    item.budget_parts.push_back(cells_.Read(row, BudgetPartColumns()));
    return true;
  }

  YamlNode TakeChildren(Item& parent, size_t level) {
    YamlNode list = MakeNode(YamlNode::Kind::kSequence, kTop);
    for (const auto& child : parent.children) {
      YamlNode item = std::move(child->fields);
      PutList("indicators", std::move(child->indicators), item);
      PutList("budget_parts", std::move(child->budget_parts), item);
      if (level + 1 < levels_.size() && !child->children.empty()) {
        YamlNode below = TakeChildren(*child, level + 1);
        below.position = below.items.front().position;
        SetValue(item, levels_[level + 1].list, std::move(below));
      }
      list.items.push_back(std::move(item));
    }
    return list;
  }

  Cells& cells_;
  const absl::Span<const PlanLevel> levels_;
  Item root_;
};

}  // namespace

YamlNode ReadObjectives(const CsvTable& table, Cells& cells, bool& whole) {
  ObjectiveRows rows(cells);
  for (const CsvRow& row : table.rows) whole &= rows.Add(row);
  return rows.Take();
}

YamlNode ReadActionLines(const CsvTable& table, Cells& cells) {
  const auto columns = QuarterColumns();
  const PlanColumn& own_unit = columns.back();
  YamlNode lines = MakeNode(YamlNode::Kind::kSequence, kTop);
  for (const CsvRow& row : table.rows) {
    YamlNode line = cells.Read(row, ActionLineColumns());
    const bool has_own_unit = !cells.Text(row, own_unit.name).empty();
    const absl::string_view unit = has_own_unit ? own_unit.name : "unit";
    std::vector<YamlNode> quarters;
    for (size_t i = 0; i + 1 < columns.size(); ++i) {
      if (cells.Text(row, columns[i].name).empty()) continue;
      const FilePosition place = cells.Place(row, columns[i].name);
      YamlNode quarter = MakeNode(YamlNode::Kind::kMap, place);
      YamlNode number = MakeNode(YamlNode::Kind::kScalar, place);
      number.text = absl::StrCat(i + 1);
      SetValue(quarter, "quarter", std::move(number));
      SetValue(quarter, "target", cells.Read(row, {&columns[i], 1}));
      cells.Put(row, {unit, "target.unit"}, quarter);
      quarters.push_back(std::move(quarter));
    }
    PutList("quarters", std::move(quarters), line);
    lines.items.push_back(std::move(line));
  }
  return lines;
}

}  // namespace sakip::cli
