#include "services/planning/rpc/code_editions.h"

#include "absl/strings/str_cat.h"
#include "common/base/resource_name.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "sakip/planning/v1/events.pb.h"

namespace sakip::planning {
namespace {

// Finds the edition that something of `agency` names. Null, and an error at `path`, where it is
// none that it may name.
absl::StatusOr<std::shared_ptr<const PublishedEdition>> FindNamed(
    const CodeEditions& editions, const std::string& name, v1::CodeEdition::Kind kind,
    absl::string_view agency, const std::string& path, FieldErrors& errors) {
  const auto parsed = ParseRegionNameIn(kCodeEditions, name);
  const auto owner = ParseAgencyName(agency);
  if (!parsed.ok()) {
    errors.Add(path, parsed.status().message());
    return nullptr;
  }
  if (!owner.ok() || !RegionCovers(parsed->region, owner->region)) {
    errors.Add(path, "is neither of the agency's region nor of one above");
    return nullptr;
  }
  ASSIGN_OR_RETURN(const auto edition, editions.Find(name));
  if (edition == nullptr) {
    errors.Add(path, "was not published; publish the edition first");
  } else if (edition->edition.kind() != kind) {
    errors.Add(path, kind == v1::CodeEdition::KIND_REGIONS ? "is no edition of region codes"
                                                           : "is no edition of the nomenclature");
  } else {
    return edition;
  }
  return nullptr;
}

}  // namespace

EditionKind ToKind(v1::CodeEdition::Kind kind) {
  switch (kind) {
    case v1::CodeEdition::KIND_REGIONS:
      return EditionKind::kRegions;
    case v1::CodeEdition::KIND_NOMENCLATURE:
      return EditionKind::kNomenclature;
    default:
      return EditionKind::kUnspecified;
  }
}

std::vector<CodeEntry> ToEntries(const v1::CodeEdition& edition) {
  std::vector<CodeEntry> entries;
  entries.reserve(edition.entries_size());
  for (const v1::CodeEntry& entry : edition.entries()) {
    entries.push_back({entry.code(), entry.display_name(), entry.indicator(), entry.unit()});
  }
  return entries;
}

absl::StatusOr<std::shared_ptr<const PublishedEdition>> CodeEditions::Find(
    const std::string& name) const {
  {
    MutexLock lock(mutex_);
    for (auto it = kept_.begin(); it != kept_.end(); ++it) {
      if ((*it)->edition.name() != name) continue;
      kept_.splice(kept_.begin(), kept_, it);
      return kept_.front();
    }
  }
  if (!view_.Find(name).has_value()) return nullptr;
  // Two may read it at once; both have the same.
  ASSIGN_OR_RETURN(v1::CodeEdition edition, Read(name));
  std::vector<CodeEntry> entries = ToEntries(edition);
  edition.clear_entries();
  auto read = std::make_shared<const PublishedEdition>(
      PublishedEdition{std::move(edition), EditionCodes(std::move(entries))});
  MutexLock lock(mutex_);
  kept_.push_front(read);
  if (kept_.size() > kKeptMax) kept_.pop_back();
  return read;
}

absl::StatusOr<v1::CodeEdition> CodeEditions::Read(const std::string& name) const {
  const auto summary = view_.Find(name);
  if (!summary.has_value()) return CodeEditionNotFound(name);
  const uint64_t position = summary->log_position();
  ASSIGN_OR_RETURN(auto event, eventlog::ReadEvent<v1::CodeEditionPublished>(log_, position));
  event.mutable_code_edition()->set_log_position(position);
  return std::move(*event.mutable_code_edition());
}

absl::Status CheckRegionEdition(const CodeEditions& editions, const v1::Agency& agency,
                                FieldErrors& errors) {
  if (agency.region_edition().empty()) return absl::OkStatus();
  const std::string path = "agency.region_edition";
  ASSIGN_OR_RETURN(const auto edition,
                   FindNamed(editions, agency.region_edition(), v1::CodeEdition::KIND_REGIONS,
                             agency.name(), path, errors));
  if (edition == nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const ResourceName name, ParseAgencyName(agency.name()));
  if (edition->codes.Find(name.region) == nullptr) {
    errors.Add(path, absl::StrCat("does not have the region ", name.region));
  }
  return absl::OkStatus();
}

absl::Status CheckNomenclatureEdition(const CodeEditions& editions,
                                      const v1::PlanDocument& document, const std::string& path,
                                      FieldErrors& errors) {
  const std::string& name = document.annual_plan().nomenclature_edition();
  if (name.empty()) return absl::OkStatus();
  return FindNamed(editions, name, v1::CodeEdition::KIND_NOMENCLATURE, AgencyOf(document.name()),
                   path + ".annual_plan.nomenclature_edition", errors)
      .status();
}

}  // namespace sakip::planning
