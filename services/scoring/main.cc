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
#include "services/scoring/rpc/scoring_service.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

ABSL_FLAG(std::string, planning, "127.0.0.1:50151", "Address of planning, host:port.");
ABSL_FLAG(std::string, realization, "127.0.0.1:50152", "Address of realization, host:port.");

namespace sakip::scoring {
namespace {

// What the rows of the projection mean; another version builds them anew.
constexpr char kViewVersion[] = "scoring/2";

absl::StatusOr<std::unique_ptr<eventlog::Follower>> Follow(Source source, std::string name,
                                                           const std::string& address,
                                                           Projection& projection,
                                                           Progress& progress) {
  rpc::ChannelOptions channel_options;
  channel_options.target = address;
  ASSIGN_OR_RETURN(const auto channel, rpc::MakeChannel(channel_options));
  ASSIGN_OR_RETURN(const uint64_t position, projection.Position(source));
  progress.Advance(source, position);
  eventlog::FollowerOptions options;
  options.source = std::move(name);
  options.from_position = position;
  options.metadata = {{rpc::kDevIdentityKey,
                       rpc::FormatDevIdentity("scoring", {rpc::Role::kService}, {"regions/-"})}};
  return std::make_unique<eventlog::Follower>(
      eventlog::v1::EventLogService::NewStub(channel), std::move(options),
      [source, &projection, &progress](const std::vector<eventlog::StoredRecord>& records,
                                       uint64_t next_position) {
        RETURN_IF_ERROR(projection.Apply(source, records, next_position));
        progress.Advance(source, next_position);
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
  ASSIGN_OR_RETURN(
      const auto planning,
      Follow(Source::kPlanning, "planning", absl::GetFlag(FLAGS_planning), projection, progress));
  ASSIGN_OR_RETURN(const auto realization,
                   Follow(Source::kRealization, "realization", absl::GetFlag(FLAGS_realization),
                          projection, progress));

  rpc::PrometheusMetrics metrics;
  rpc::GateOptions gate_options;
  gate_options.services = {v1::ScoringService::service_full_name()};
  gate_options.metrics = &metrics;
  ASSIGN_OR_RETURN(const std::unique_ptr<rpc::Gate> gate,
                   rpc::Gate::Create(std::move(gate_options)));
  ScoringService scoring_service(*gate, projection, progress, [&planning, &realization] {
    return Positions{planning->end_position(), realization->end_position()};
  });
  ASSIGN_OR_RETURN(
      const std::unique_ptr<rpc::Server> server,
      rpc::Server::Start(service::ToServerOptions(flags, metrics, {&scoring_service}), *gate));
  rpc::ServeUntilSignal(*server, signals);
  return absl::OkStatus();
}

}  // namespace
}  // namespace sakip::scoring

int main(int argc, char** argv) {
  return sakip::service::Main("scoringd", argc, argv, sakip::scoring::Run);
}
