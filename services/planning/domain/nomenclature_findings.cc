#include "services/planning/domain/nomenclature_findings.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/plan/plan_index.h"

namespace sakip::planning {
namespace {

// A node of the plan that may have a code.
struct Node {
  absl::string_view list;
  const std::string& code;
  const std::string& name;
  const std::string& nomenclature_code;
};

template <typename From>
Node Of(absl::string_view list, const From& from) {
  return {list, from.code, from.name, from.nomenclature_code};
}

class NomenclatureCheck {
 public:
  NomenclatureCheck(const plan::AnnualPlan& plan, const NomenclatureEdition* edition,
                    Findings& findings)
      : plan_(plan), version_(plan.ref.Versioned()), edition_(edition), findings_(findings) {}

  void Run() {
    NoteValidity();
    for (const plan::Objective& objective : plan_.objectives) {
      for (const plan::Program& program : objective.programs) {
        const Node of_program = Of("programs", program);
        NoteEntry(of_program);
        for (const plan::Activity& activity : program.activities) {
          const Node of_activity = Of("activities", activity);
          NoteEntry(of_activity);
          NotePlace(of_activity, of_program);
          for (const plan::SubActivity& sub_activity : activity.sub_activities) {
            const Node of_sub_activity = Of("sub_activities", sub_activity);
            NoteEntry(of_sub_activity);
            NotePlace(of_sub_activity, of_activity);
          }
        }
      }
    }
  }

 private:
  void NoteValidity() {
    if (edition_ == nullptr) return;
    const bool begins_after = edition_->valid_from > absl::StrCat(plan_.year, "-12-31");
    const bool ends_before =
        !edition_->valid_to.empty() && edition_->valid_to < absl::StrCat(plan_.year, "-01-01");
    if (!begins_after && !ends_before) return;
    findings_.Add(
        FindingCode::kEditionNotValid, plan_.ref.name,
        {{absl::StrCat(plan_.year), plan::Location(version_, "year")},
         {absl::StrCat(edition_->valid_from, " - ", edition_->valid_to), edition_->name}});
  }

  void NotePlace(const Node& node, const Node& above) {
    if (node.nomenclature_code.empty() || above.nomenclature_code.empty()) return;
    if (CodeAbove(EditionKind::kNomenclature, node.nomenclature_code) == above.nomenclature_code) {
      return;
    }
    findings_.Add(FindingCode::kCodeMisplaced, node.code, {Code(node), Code(above)});
  }

  void NoteEntry(const Node& node) {
    if (edition_ == nullptr || node.nomenclature_code.empty()) return;
    const CodeEntry* entry = edition_->codes.FindOfAny(node.nomenclature_code);
    if (entry == nullptr) {
      findings_.Add(FindingCode::kCodeNotInEdition, node.code,
                    {Code(node), {"", absl::StrCat(edition_->name, " has no such code")}});
    } else if (!absl::EqualsIgnoreCase(entry->display_name, node.name)) {
      findings_.Add(
          FindingCode::kNameDiffers, node.code,
          {{node.name, plan::Location(version_, Path(node) + ".display_name")},
           {entry->display_name, absl::StrCat(edition_->name, " entries[", entry->code, "]")}});
    }
  }

  FindingFigure Code(const Node& node) const {
    return {node.nomenclature_code, plan::Location(version_, Path(node) + ".nomenclature_code")};
  }

  static std::string Path(const Node& node) { return absl::StrCat(node.list, "[", node.code, "]"); }

  const plan::AnnualPlan& plan_;
  const std::string version_;
  const NomenclatureEdition* edition_;
  Findings& findings_;
};

}  // namespace

void NoteNomenclature(const plan::AnnualPlan& plan, const NomenclatureEdition* edition,
                      Findings& findings) {
  NomenclatureCheck(plan, edition, findings).Run();
}

}  // namespace sakip::planning
