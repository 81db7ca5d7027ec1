#include "services/planning/rpc/publication.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/finding/proto/finding_to_proto.h"
#include "common/message/timestamp.h"
#include "common/rpc/authorize.h"
#include "sakip/planning/v1/events.pb.h"
#include "services/planning/domain/field_check.h"
#include "services/planning/rpc/outcome.h"
#include "services/planning/rpc/sent_plan.h"

namespace sakip::planning {
namespace {

using google::protobuf::util::MessageDifferencer;

// A decision runs on a thread that others wait for; this many are looked through in a second or
// two.
constexpr size_t kNotedMax = 200'000;

// Compares what the caller wrote of a document but for the content, which has a digest.
bool SameHeading(const v1::PlanDocument& a, const v1::PlanDocument& b) {
  return a.effective_date() == b.effective_date() && a.reason() == b.reason() &&
         a.legal_basis() == b.legal_basis() && a.notes() == b.notes();
}

// `path` is that of the part in the request.
absl::Status Conflict(const std::string& name, const std::string& path, uint32_t current,
                      absl::string_view why) {
  return MakeError(absl::StatusCode::kAborted, "REVISION_CONFLICT", absl::StrCat(name, " ", why),
                   {{"current_revision", absl::StrCat(current)}, {"field", path + ".revision"}});
}

}  // namespace

Publication::Publication(const PlanningView& view, const CodeEditions& editions,
                         const eventlog::EventLog& log, std::string agency,
                         rpc::Principal publisher, absl::Time now)
    : view_(view),
      agency_(std::move(agency)),
      publisher_(std::move(publisher)),
      now_(now),
      stream_revision_(view.StreamRevision(agency_)),
      known_agency_(view.FindAgency(agency_)),
      plans_(view, editions, log, agency_) {}

// What others have registered of themselves is not told: beyond the publisher's scopes an agency
// that is there and one that is not look the same.
bool Publication::ComesFrom(const std::string& predecessor, const std::string& agency,
                            std::set<std::string>& seen) const {
  std::vector<std::string> next = {predecessor};
  while (!next.empty()) {
    const std::string name = std::move(next.back());
    next.pop_back();
    if (name == agency) return true;
    if (!rpc::CoversTenant(publisher_, name) || !seen.insert(name).second) continue;
    const auto known = view_.FindAgency(name);
    if (!known.has_value()) continue;  // Agencies of before are not all registered.
    for (const v1::Predecessor& before : known->predecessors()) next.push_back(before.agency());
  }
  return false;
}

bool Publication::HasPredecessor(const std::string& name) const {
  if (!known_agency_.has_value()) return false;
  const auto& known = known_agency_->predecessors();
  return std::any_of(known.begin(), known.end(),
                     [&](const v1::Predecessor& before) { return before.agency() == name; });
}

absl::Status Publication::CheckPredecessors(const v1::Agency& agency) const {
  // Of all of them, so that each agency is looked at once: this runs while others wait.
  std::set<std::string> seen;
  for (int i = 0; i < agency.predecessors_size(); ++i) {
    const std::string& predecessor = agency.predecessors(i).agency();
    // What was taken before stays good: others may have closed a circle over it since.
    if (HasPredecessor(predecessor) || !ComesFrom(predecessor, agency.name(), seen)) continue;
    return InvalidField(
        absl::StrCat("agency.predecessors", Index(static_cast<size_t>(i)), ".agency"),
        "comes from this agency itself");
  }
  return absl::OkStatus();
}

absl::Status Publication::CheckNoted(const std::string& path) const {
  if (plans_.noted() <= kNotedMax) return absl::OkStatus();
  return InvalidField("documents",
                      absl::StrCat("make ", plans_.noted(), " findings before ", path, "; at most ",
                                   kNotedMax, " a call, so send fewer documents in each"));
}

// Told before the append is tried, and to a check as well.
absl::Status Publication::CheckBytes(const std::string& path) const {
  constexpr size_t kBytesMax = eventlog::EventLog::kAppendBytesMax;
  if (event_bytes_ <= kBytesMax) return absl::OkStatus();
  return InvalidField("documents", absl::StrCat("have ", event_bytes_, " bytes up to ", path,
                                                " with what is found in them; at most ", kBytesMax,
                                                " a call, so send fewer documents in each"));
}

void Publication::AddEvent(eventlog::NewEvent event) {
  event_bytes_ += event.payload.size();
  events_.push_back(std::move(event));
}

absl::Status Publication::PublishAgency(const v1::Agency& agency) {
  const uint32_t current = known_agency_.has_value() ? known_agency_->revision() : 0;
  if (agency.revision() == current && MessageDifferencer::Equals(*known_agency_, agency)) {
    outcomes_.mutable_agency()->set_revision(current);
    outcomes_.mutable_agency()->set_outcome(v1::PUBLISH_OUTCOME_UNCHANGED);
    return absl::OkStatus();
  }
  // An agency that is not registered here comes with the revision that it has where it is from.
  if (known_agency_.has_value() && agency.revision() != current + 1) {
    return Conflict(agency.name(), "agency", current,
                    absl::StrCat("is at revision ", current, ", and not as sent as revision ",
                                 agency.revision(), "; read it and decide again"));
  }
  RETURN_IF_ERROR(CheckPredecessors(agency));
  v1::AgencyRegistered event;
  *event.mutable_agency() = agency;
  AddEvent(eventlog::MakeEvent(event));
  known_agency_ = agency;
  *outcomes_.mutable_agency() = PublishedOutcome(agency);
  return absl::OkStatus();
}

absl::Status Publication::PublishDocument(const v1::PlanDocument& document,
                                          uint32_t expected_revision, const std::string& path) {
  if (!known_agency_.has_value()) return AgencyNotFound(agency_);
  v1::DocumentPublished event;
  v1::PlanDocument& published = *event.mutable_document();
  published = AsSent(document);
  ASSIGN_OR_RETURN(const uint32_t revision,
                   DecideRevision(document.name(), plans_.Published(document.name()),
                                  expected_revision, document.reason(), path));
  published.set_revision(revision);
  published.set_publisher(publisher_.subject);
  published.set_content_digest(ContentDigest(document));
  *published.mutable_publish_time() = ToTimestamp(now_);
  RETURN_IF_ERROR(plans_.Add(published));
  ASSIGN_OR_RETURN(const std::vector<Finding> findings,
                   plans_.FindingsOf(published, *known_agency_));
  for (const Finding& finding : findings) *published.add_findings() = ToProto(finding);
  AddEvent(eventlog::MakeEvent(event));
  *outcomes_.add_documents() = PublishedOutcome(published);
  return absl::OkStatus();
}

absl::Status Publication::PublishOrKeep(const v1::PlanDocument& document, const std::string& path) {
  const auto stored = view_.FindRevision(document.name(), document.revision());
  const uint32_t current = plans_.Published(document.name());
  if (!stored.has_value()) {
    if (document.revision() == current + 1) {
      RETURN_IF_ERROR(CheckNoted(path));
      RETURN_IF_ERROR(PublishDocument(document, current, path));
      return CheckBytes(path);
    }
    return Conflict(
        document.name(), path, current,
        absl::StrCat("is at revision ", current, "; ", document.revision(), " is not the next"));
  }
  const std::string digest = ContentDigest(document);
  if (digest != stored->content_digest() || !SameHeading(document, *stored)) {
    return Conflict(document.name(), path, current,
                    absl::StrCat("has other content in revision ", document.revision(),
                                 " than what is sent; a published revision never changes"));
  }
  v1::DocumentOutcome& outcome = *outcomes_.add_documents();
  outcome.set_name(document.name());
  outcome.set_revision(document.revision());
  outcome.set_outcome(v1::PUBLISH_OUTCOME_UNCHANGED);
  outcome.set_content_digest(digest);
  return absl::OkStatus();
}

}  // namespace sakip::planning
