#include "services/realization/rpc/import_item.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/payload.h"
#include "common/message/digest.h"
#include "common/message/item_check.h"
#include "sakip/realization/v1/events.pb.h"
#include "services/realization/domain/check.h"
#include "services/realization/domain/submission_name.h"
#include "services/realization/rpc/convert.h"
#include "services/realization/rpc/import_merge.h"
#include "services/realization/rpc/import_options.h"
#include "services/realization/rpc/import_summary.h"
#include "services/realization/rpc/planning_call.h"
#include "services/realization/rpc/submit_step.h"

namespace sakip::realization {
namespace {

using Outcome = v1::ItemOutcome;

constexpr size_t kNameBytesMax = 200;

// Of all that says what is stored.
std::string RequestDigest(const v1::ImportOptions& options, const v1::Submission& submission) {
  v1::ImportSubmissionsRequest request;
  request.mutable_options()->set_lines(options.lines());
  request.mutable_options()->set_reason(options.reason());
  *request.add_items() = submission;
  return Digest(request);
}

}  // namespace

ImportSteps::ImportSteps(const ImportContext& context, const v1::ImportOptions& options,
                         const rpc::Call& call)
    : context_(context),
      options_(options),
      parent_(ParseResourceName(options.parent()).value()),
      actor_(call.principal().subject),
      tenant_(call.tenant()),
      outgoing_(OnBehalfOf(call)) {}

ImportItem ImportSteps::Make(uint32_t index, v1::Submission submission) const {
  ImportItem item;
  DropServerFields(submission);
  item.index = index;
  item.bytes = submission.ByteSizeLong();
  item.request_id = ItemRequestId(options_.import_id(), index);
  item.request_digest = RequestDigest(options_, submission);
  item.outcome.set_index(index);
  item.outcome.set_name(Shortened(submission.name(), kNameBytesMax));
  item.submission = std::move(submission);
  return item;
}

// That the caller may write in the parent was the gate's to see.
absl::Status ImportSteps::Check(const ImportItem& item) const {
  RETURN_IF_ERROR(CheckItems(item.submission, "submission"));
  RETURN_IF_ERROR(CheckSubmission(ToSubmission(item.submission)));
  if (ScopeCovers(parent_, AgencyOf(item.submission.name()))) return absl::OkStatus();
  return InvalidField("submission.name", absl::StrCat("does not lie in ", options_.parent(),
                                                      ", the parent of the import"));
}

absl::StatusOr<bool> ImportSteps::FindEarlier(ImportItem& item) const {
  ASSIGN_OR_RETURN(const auto earlier,
                   context_.log.FindRequest(AgencyOf(item.submission.name()), item.request_id,
                                            item.request_digest));
  if (!earlier.has_value()) return false;
  RETURN_IF_ERROR(Accept(*earlier, item));
  return true;
}

void ImportSteps::CheckReferences(const ImportItem& item, ReferenceCheck::Done done) const {
  context_.references.Run(std::make_shared<const Submission>(ToSubmission(item.submission)),
                          outgoing_, std::move(done));
}

absl::StatusOr<v1::Submission> ImportSteps::Latest(const std::string& name) const {
  const std::vector<uint64_t> revisions = context_.view.Revisions(name);
  if (revisions.empty()) return v1::Submission();
  ASSIGN_OR_RETURN(auto event,
                   eventlog::ReadEvent<v1::QuarterSubmitted>(context_.log, revisions.back()));
  return std::move(*event.mutable_submission());
}

absl::StatusOr<std::optional<eventlog::Decision>> ImportSteps::Decide(ImportItem& item) const {
  auto decision = TryDecide(item);
  for (int attempt = 1; absl::IsAborted(decision.status()) && attempt < eventlog::kAttemptsMax;
       ++attempt) {
    decision = TryDecide(item);
  }
  return decision;
}

// ABORTED where somebody submits the quarter between the look at its latest revision and the
// decision; what comes later makes the append fail.
absl::StatusOr<std::optional<eventlog::Decision>> ImportSteps::TryDecide(ImportItem& item) const {
  ASSIGN_OR_RETURN(const v1::Submission latest, Latest(item.submission.name()));
  const bool submitted = latest.revision() > 0;
  v1::Submission submission = item.submission;
  if (submitted && options_.lines() == v1::ImportOptions::LINES_MERGE &&
      StrategyOf(options_) != ImportStrategy::kCreate) {
    ASSIGN_OR_RETURN(submission, MergeLines(latest, item.submission));
  }
  const bool unchanged = submitted && ContentDigest(submission) == latest.content_digest();
  const ItemFate fate = DecideItem(StrategyOf(options_), submitted, unchanged);
  item.outcome.set_revision(latest.revision());
  if (fate == ItemFate::kUnchanged || fate == ItemFate::kIgnore) {
    item.outcome.set_outcome(fate == ItemFate::kIgnore ? Outcome::OUTCOME_IGNORED
                                                       : Outcome::OUTCOME_UNCHANGED);
    item.told = true;
    return std::nullopt;
  }
  if (submitted && submission.reason().empty()) submission.set_reason(options_.reason());
  ASSIGN_OR_RETURN(eventlog::Decision decision,
                   DecideStored(std::move(submission), latest.revision()));
  item.outcome.set_outcome(submitted ? Outcome::OUTCOME_UPDATED : Outcome::OUTCOME_CREATED);
  item.outcome.set_revision(latest.revision() + 1);
  return decision;
}

absl::StatusOr<eventlog::Decision> ImportSteps::DecideStored(v1::Submission submission,
                                                             uint32_t expected_revision) const {
  ASSIGN_OR_RETURN(const SubmissionName name, ParseSubmissionName(submission.name()));
  // The stream's revision is read first: what is stored meanwhile makes the append fail.
  const uint64_t stream_revision = context_.view.StreamRevision(name.Stream());
  const Quarter quarter = context_.view.FindQuarter(submission.name());
  v1::QuarterSubmitted event;
  *event.mutable_submission() = std::move(submission);
  ASSIGN_OR_RETURN(eventlog::NewEvent stored,
                   DecideSubmit(quarter, context_.clock.Now(), actor_, expected_revision, event));
  return eventlog::Decision{name.Stream(), stream_revision, actor_, {std::move(stored)}};
}

void ImportSteps::Store(ImportItem& item, std::function<void(const absl::Status&)> done) const {
  eventlog::Command command;
  command.agency = std::string(AgencyOf(item.submission.name()));
  command.request_id = item.request_id;
  command.request_digest = item.request_digest;
  command.decide = [this, &item]() -> absl::StatusOr<eventlog::Decision> {
    ASSIGN_OR_RETURN(auto decision, Decide(item));
    // Ends the execution; `told` says that it ended well.
    if (!decision.has_value()) return absl::CancelledError("nothing to store");
    return *std::move(decision);
  };
  eventlog::Execute(
      context_.log, std::move(command),
      [this, &item, done = std::move(done)](const absl::StatusOr<eventlog::AppendResult>& result) {
        // The log's thread has other writers to answer.
        context_.workers.Run(tenant_, [this, &item, result, done] {
          if (result.ok()) return done(Accept(*result, item));
          done(item.told ? absl::OkStatus() : result.status());
        });
      });
}

absl::Status ImportSteps::Accept(const eventlog::AppendResult& result, ImportItem& item) const {
  ASSIGN_OR_RETURN(const auto event,
                   eventlog::ReadEvent<v1::QuarterSubmitted>(context_.log, result.first_position));
  const uint32_t revision = event.submission().revision();
  item.outcome.set_outcome(revision == 1 ? Outcome::OUTCOME_CREATED : Outcome::OUTCOME_UPDATED);
  item.outcome.set_revision(revision);
  *item.outcome.mutable_receipt() = eventlog::ToReceipt(result);
  item.told = true;
  return absl::OkStatus();
}

eventlog::AppendRequest ImportSteps::ToAppend(eventlog::Decision decision,
                                              const ImportItem& item) const {
  return {std::move(decision.stream), decision.expected_revision, item.request_id,
          item.request_digest,        std::move(decision.actor),  std::move(decision.events)};
}

}  // namespace sakip::realization
