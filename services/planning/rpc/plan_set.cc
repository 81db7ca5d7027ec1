#include "services/planning/rpc/plan_set.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/base/period.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/plan/disagreements.h"
#include "common/plan/gaps.h"
#include "common/plan/self_check.h"
#include "sakip/planning/v1/events.pb.h"
#include "services/planning/domain/agency_findings.h"
#include "services/planning/domain/nomenclature_findings.h"
#include "services/planning/rpc/convert.h"
#include "services/planning/rpc/kept_findings.h"

namespace sakip::planning {
namespace {

bool Names(const Finding& finding, const std::string& version) {
  return std::any_of(
      finding.figures.begin(), finding.figures.end(),
      [&](const FindingFigure& figure) { return absl::StartsWith(figure.location, version); });
}

}  // namespace

std::vector<PlanSet::Entry>& PlanSet::Entries(const std::string& document) {
  const auto [it, is_new] = documents_.try_emplace(document);
  if (is_new) {
    for (const RevisionState& state : view_.Revisions(document)) it->second.push_back({state, {}});
  }
  return it->second;
}

uint32_t PlanSet::Published(const std::string& document) {
  return static_cast<uint32_t>(Entries(document).size());
}

absl::Status PlanSet::Add(const v1::PlanDocument& document) {
  ASSIGN_OR_RETURN(plan::AnyPlan plan, plan::FromProto(document));
  ASSIGN_OR_RETURN(const absl::CivilDay effective, ParseDate(document.effective_date()));
  Entries(document.name())
      .push_back({{effective, 0}, std::make_shared<const plan::AnyPlan>(std::move(plan))});
  return absl::OkStatus();
}

template <typename Plan>
absl::StatusOr<const Plan*> PlanSet::InForce(const std::string& document, absl::CivilDay day) {
  std::vector<Entry>& entries = Entries(document);
  std::vector<RevisionState> states;
  for (const Entry& entry : entries) states.push_back(entry.state);
  const uint32_t revision = RevisionInForce(states, day);
  if (revision == 0) return nullptr;
  Entry& entry = entries[revision - 1];
  if (entry.plan == nullptr) {
    ASSIGN_OR_RETURN(const auto event,
                     eventlog::ReadEvent<v1::DocumentPublished>(log_, entry.state.log_position));
    ASSIGN_OR_RETURN(plan::AnyPlan plan, plan::FromProto(event.document()));
    entry.plan = std::make_shared<const plan::AnyPlan>(std::move(plan));
  }
  return std::get_if<Plan>(entry.plan.get());
}

template <typename Plan>
absl::StatusOr<const Plan*> PlanSet::InForce(DocumentKind kind, int year, absl::CivilDay day) {
  return InForce<Plan>(absl::StrCat(agency_, "/", CollectionOf(kind), "/", year), day);
}

absl::StatusOr<const plan::AnnualPlan*> PlanSet::AnnualPlanOf(int year, absl::CivilDay day) {
  return InForce<plan::AnnualPlan>(DocumentKind::kAnnualPlan, year, day);
}

absl::StatusOr<const plan::StrategicPlan*> PlanSet::StrategicPlanOf(int year, absl::CivilDay day) {
  const absl::string_view collection = CollectionOf(DocumentKind::kStrategicPlan);
  const auto stored = view_.DocumentsIn(agency_, collection);
  std::set<std::string> names(stored.begin(), stored.end());
  for (const auto& [name, entries] : documents_) names.insert(name);
  for (const std::string& name : names) {
    const auto parsed = ParseDocumentName(name);
    if (!parsed.ok() || parsed->kind != DocumentKind::kStrategicPlan) continue;
    if (year < parsed->first_year || year > parsed->last_year) continue;
    ASSIGN_OR_RETURN(const auto* plan, InForce<plan::StrategicPlan>(name, day));
    if (plan != nullptr) return plan;
  }
  return nullptr;
}

absl::Status PlanSet::NoteYear(int year, absl::CivilDay day, Findings& findings) {
  plan::PlanYear of{.year = year};
  ASSIGN_OR_RETURN(of.annual_plan, AnnualPlanOf(year, day));
  ASSIGN_OR_RETURN(of.action_plan, InForce<plan::ActionPlan>(DocumentKind::kActionPlan, year, day));
  ASSIGN_OR_RETURN(of.agreement,
                   InForce<plan::Agreement>(DocumentKind::kPerformanceAgreement, year, day));
  ASSIGN_OR_RETURN(of.decree,
                   InForce<plan::KeyIndicatorDecree>(DocumentKind::kKeyIndicatorDecree, year, day));
  ASSIGN_OR_RETURN(of.strategic_plan, StrategicPlanOf(year, day));
  plan::NoteDisagreements(of, findings);
  plan::NoteGaps(of, findings);
  return absl::OkStatus();
}

absl::Status PlanSet::NoteItself(const plan::AnnualPlan& annual_plan, Findings& findings) {
  plan::NoteSelf(annual_plan, findings);
  if (annual_plan.nomenclature_edition.empty()) {
    NoteNomenclature(annual_plan, nullptr, findings);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto published, editions_.Find(annual_plan.nomenclature_edition));
  if (published == nullptr) return CodeEditionNotFound(annual_plan.nomenclature_edition);
  const NomenclatureEdition edition{published->edition.name(), published->edition.valid_from(),
                                    published->edition.valid_to(), published->codes};
  NoteNomenclature(annual_plan, &edition, findings);
  return absl::OkStatus();
}

absl::Status PlanSet::NoteItself(const plan::StrategicPlan& strategic_plan,
                                 const std::string& document, Findings& findings) {
  plan::NoteStrategicGaps(strategic_plan, findings);
  plan::NoteSelf(strategic_plan, findings);
  for (int year = strategic_plan.first_year; year < strategic_plan.ref.effective_date.year();
       ++year) {
    ASSIGN_OR_RETURN(const auto* before,
                     InForce<plan::StrategicPlan>(document, absl::CivilDay(year, 12, 31)));
    if (before != nullptr) plan::NoteRetroactiveTargets(strategic_plan, *before, year, findings);
  }
  return absl::OkStatus();
}

absl::Status PlanSet::NoteItself(const Entry& entry, const std::string& document,
                                 Findings& findings) {
  if (const auto* annual_plan = std::get_if<plan::AnnualPlan>(entry.plan.get())) {
    return NoteItself(*annual_plan, findings);
  }
  if (const auto* strategic_plan = std::get_if<plan::StrategicPlan>(entry.plan.get())) {
    return NoteItself(*strategic_plan, document, findings);
  }
  if (const auto* agreement = std::get_if<plan::Agreement>(entry.plan.get())) {
    plan::NoteSelf(*agreement, findings);
  } else if (const auto* action_plan = std::get_if<plan::ActionPlan>(entry.plan.get())) {
    plan::NoteSelf(*action_plan, findings);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Finding>> PlanSet::FindingsOf(const v1::PlanDocument& document,
                                                         const v1::Agency& agency) {
  const auto name = ParseDocumentName(document.name());
  if (!name.ok()) return name.status();
  const std::string version = absl::StrCat(document.name(), "@", document.revision(), " ");
  KeptFindings of_document;
  // What others have among themselves was found when the later of them was published.
  const auto take = [&](Findings& findings) {
    for (Finding& finding : std::move(findings).Take()) {
      ++noted_;
      if (Names(finding, version)) of_document.Add(std::move(finding));
    }
  };
  const Entry added = Entries(document.name()).back();
  Findings of_itself;
  RETURN_IF_ERROR(NoteItself(added, document.name(), of_itself));
  NoteAgency(*added.plan, ToAgency(agency), agency.revision(), of_itself);
  take(of_itself);
  for (int year = name->first_year; year <= name->last_year; ++year) {
    const absl::CivilDay day = name->first_year == name->last_year
                                   ? added.state.effective_date
                                   : std::max(added.state.effective_date, absl::CivilDay(year));
    Findings findings;
    RETURN_IF_ERROR(NoteYear(year, day, findings));
    take(findings);
  }
  return std::move(of_document).Take(document.name(), version);
}

}  // namespace sakip::planning
