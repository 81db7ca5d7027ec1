// scoringd: scorecards, computed from what planning and realization log.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/strings/str_cat.h"
#include "common/base/status_macros.h"
#include "common/eventlog/follower.h"
#include "common/rpc/channel.h"
#include "common/rpc/gate.h"
#include "common/rpc/identity.h"
#include "common/rpc/server.h"
#include "common/rpc/signals.h"
#include "common/service/service.h"
#include "common/views/rocks_view_store.h"
#include "services/scoring/rpc/explain_service.h"
#include "services/scoring/rpc/plan_watcher.h"
#include "services/scoring/rpc/review_service.h"
#include "services/scoring/rpc/scoring_service.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

ABSL_FLAG(std::string, planning, "127.0.0.1:50151", "Address of planning, host:port.");
ABSL_FLAG(std::string, realization, "127.0.0.1:50152", "Address of realization, host:port.");

namespace sakip::scoring {
namespace {

// What the rows of the projection mean; another version builds them anew.
constexpr char kViewVersion[] = "scoring/5";

// The largest message of planning's watch.
constexpr int kPlanMessageBytesMax = 6 << 20;

// Goes on where the projection is.
absl::StatusOr<eventlog::FollowerOptions> FollowerOptionsOf(Source source, std::string name,
                                                            const Projection& projection,
                                                            Progress& progress) {
  eventlog::FollowerOptions options;
  options.source = std::move(name);
  ASSIGN_OR_RETURN(options.from_position, projection.Position(source));
  options.metadata = {{rpc::kDevIdentityKey,
                       rpc::FormatDevIdentity("scoring", {rpc::Role::kService}, {"regions/-"})}};
  progress.Advance(source, options.from_position);
  return options;
}

absl::StatusOr<std::unique_ptr<PlanWatcher>> WatchPlanning(Projection& projection,
                                                           Progress& progress) {
  ASSIGN_OR_RETURN(const auto channel,
                   rpc::MakeChannel({.target = absl::GetFlag(FLAGS_planning),
                                     .receive_bytes_max = kPlanMessageBytesMax}));
  ASSIGN_OR_RETURN(const eventlog::FollowerOptions options,
                   FollowerOptionsOf(Source::kPlanning, "planning", projection, progress));
  return std::make_unique<PlanWatcher>(
      planning::v1::PlanWatchService::NewStub(channel), options,
      [&projection, &progress](const std::vector<planning::v1::PlanEvent>& events,
                               uint64_t next_position) {
        RETURN_IF_ERROR(projection.ApplyPlans(events, next_position));
        progress.Advance(Source::kPlanning, next_position);
        return absl::OkStatus();
      });
}

absl::StatusOr<std::unique_ptr<eventlog::Follower>> FollowRealization(Projection& projection,
                                                                      Progress& progress) {
  ASSIGN_OR_RETURN(const auto channel,
                   rpc::MakeChannel({.target = absl::GetFlag(FLAGS_realization)}));
  ASSIGN_OR_RETURN(const eventlog::FollowerOptions options,
                   FollowerOptionsOf(Source::kRealization, "realization", projection, progress));
  return std::make_unique<eventlog::Follower>(
      eventlog::v1::EventLogService::NewStub(channel), options,
      [&projection, &progress](const std::vector<eventlog::StoredRecord>& records,
                               uint64_t next_position) {
        RETURN_IF_ERROR(projection.ApplySubmissions(records, next_position));
        progress.Advance(Source::kRealization, next_position);
        return absl::OkStatus();
      });
}

// The order of the variables is the order of the shutdown, backwards.
absl::Status Run(const service::ServiceFlags& flags, const sigset_t& signals) {
  views::RocksViewStoreOptions store_options;
  store_options.directory = absl::StrCat(flags.data_dir, "/view");
  store_options.version = kViewVersion;
  ASSIGN_OR_RETURN(const auto store, views::RocksViewStore::Open(store_options));
  Projection projection(*store);
  Progress progress;
  ASSIGN_OR_RETURN(const auto planning, WatchPlanning(projection, progress));
  ASSIGN_OR_RETURN(const auto realization, FollowRealization(projection, progress));

  rpc::PrometheusMetrics metrics;
  rpc::GateOptions gate_options;
  gate_options.services = {v1::ScoringService::service_full_name(),
                           v1::ReviewService::service_full_name(),
                           v1::ExplainService::service_full_name()};
  gate_options.metrics = &metrics;
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Gate> gate,
                   rpc::Gate::Create(std::move(gate_options)));
  ScoringService scoring_service(*gate, projection, progress, [&planning, &realization] {
    return Positions{planning->end_position(), realization->end_position()};
  });
  ReviewService review_service(*gate, projection, progress);
  ExplainService explain_service(*gate, projection, progress);
  ASSIGN_OR_RETURN(
      const std::unique_ptr<rpc::Server> server,
      rpc::Server::Start(service::ToServerOptions(
                             flags, metrics, {&scoring_service, &review_service, &explain_service}),
                         *gate));
  rpc::ServeUntilSignal(*server, signals);
  return absl::OkStatus();
}

}  // namespace
}  // namespace sakip::scoring

int main(int argc, char** argv) {
  return sakip::service::Main("scoringd", argc, argv, sakip::scoring::Run);
}
