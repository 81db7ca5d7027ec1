#include "services/scoring/store/served_view.h"

#include "absl/strings/str_cat.h"
#include "common/base/log.h"
#include "common/base/status_macros.h"
#include "common/base/thread_priority.h"

namespace sakip::scoring {
namespace {

// How many records the next store may lack when the serving one stops to follow, to be overtaken:
// they are read in a moment.
constexpr uint64_t kGapMax = 10'000;

absl::StatusOr<Positions> PositionsOf(const Projection& projection) {
  Positions positions;
  ASSIGN_OR_RETURN(positions.planning, projection.Position(Source::kPlanning));
  ASSIGN_OR_RETURN(positions.realization, projection.Position(Source::kRealization));
  return positions;
}

bool AreNear(const Positions& behind, const Positions& ahead) {
  return behind.planning + kGapMax >= ahead.planning &&
         behind.realization + kGapMax >= ahead.realization;
}

}  // namespace

ServedView::Generation::~Generation() {
  store = nullptr;
  if (!replaced) return;
  const absl::Status removed = views::RemoveStore(directory);
  // The next start tries again.
  if (!removed.ok()) Log(LogLevel::kWarning, "view_not_removed", {{"error", removed.ToString()}});
}

ServedView::ServedView(ServedViewOptions options, Follow follow, Progress& progress,
                       views::ViewFolder folder)
    : options_(std::move(options)),
      follow_(std::move(follow)),
      progress_(progress),
      folder_(std::move(folder)) {}

absl::StatusOr<std::unique_ptr<ServedView>> ServedView::Open(ServedViewOptions options,
                                                             Follow follow, Progress& progress) {
  ASSIGN_OR_RETURN(
      views::ViewFolder folder,
      views::ViewFolder::Open(options.directory, options.version, options.older_versions));
  // The constructor is private: make_unique cannot reach it.
  std::unique_ptr<ServedView> view(
      new ServedView(std::move(options), std::move(follow), progress, std::move(folder)));
  RETURN_IF_ERROR(view->Start());
  return view;
}

ServedView::~ServedView() { Stop(); }

void ServedView::Stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (rebuilding_.joinable()) rebuilding_.join();
  StopFollowing();
}

absl::StatusOr<std::shared_ptr<ServedView::Generation>> ServedView::OpenStore(
    const views::ViewGeneration& which) {
  views::RocksViewStoreOptions options;
  options.directory = which.directory;
  options.version = which.version;
  const auto generation = std::make_shared<Generation>();
  generation->directory = which.directory;
  ASSIGN_OR_RETURN(generation->store, views::RocksViewStore::Open(options));
  return generation;
}

absl::Status ServedView::Start() {
  if (options_.rebuild) {
    RETURN_IF_ERROR(folder_.ClearNext());
  }
  const bool serves = folder_.serving().has_value();
  ASSIGN_OR_RETURN(std::shared_ptr<Generation> generation,
                   OpenStore(serves ? *folder_.serving() : folder_.next()));
  Serve(std::move(generation));
  if (!serves) {
    progress_.HoldBack();
    MutexLock lock(mutex_);
    building_first_ = true;
  }
  RETURN_IF_ERROR(StartFollowing());
  const bool wanted =
      options_.rebuild || (serves && folder_.serving()->version != options_.version);
  if (serves && wanted) rebuilding_ = std::thread([this] { Rebuild(); });
  return absl::OkStatus();
}

void ServedView::Serve(std::shared_ptr<Generation> generation) {
  serving_ = std::move(generation);
  current_.Set(std::shared_ptr<views::ViewStore>(serving_, serving_->store.get()));
  projection_.NoteReplaced();
}

absl::Status ServedView::StartFollowing() {
  ASSIGN_OR_RETURN(const Positions from, PositionsOf(projection_));
  progress_.Advance(Source::kPlanning, from.planning);
  progress_.Advance(Source::kRealization, from.realization);
  ASSIGN_OR_RETURN(
      std::unique_ptr<Following> following,
      follow_(projection_, kNoLimits, [this](Source source, uint64_t position, uint64_t end) {
        progress_.LearnEnd(source, end);
        progress_.Advance(source, position);
        NoteFirstRead(source, position >= end);
      }));
  MutexLock lock(mutex_);
  following_ = std::move(following);
  return absl::OkStatus();
}

std::unique_ptr<Following> ServedView::StopFollowing() {
  std::unique_ptr<Following> stopped;
  MutexLock lock(mutex_);
  stopped.swap(following_);
  progress_.ForgetEnds();
  return stopped;  // Ends where its threads do not find the mutex held.
}

Positions ServedView::ends() const {
  MutexLock lock(mutex_);
  return following_ == nullptr ? progress_.read() : following_->ends();
}

bool ServedView::stopping() const {
  MutexLock lock(mutex_);
  return stopping_;
}

void ServedView::NoteFirstRead(Source source, bool at_end) {
  MutexLock lock(mutex_);
  if (!building_first_) return;
  (source == Source::kPlanning ? planning_at_end_ : realization_at_end_) |= at_end;
  if (!planning_at_end_ || !realization_at_end_) return;
  absl::Status switched = serving_->store->Sync();
  if (switched.ok()) switched = folder_.Switch();
  if (!switched.ok()) {  // Tried again with the next batch.
    Log(LogLevel::kError, "view_not_switched", {{"error", switched.ToString()}});
    return;
  }
  building_first_ = false;
  Log(LogLevel::kInfo, "view_serves", {{"directory", serving_->directory}});
  progress_.Release();
}

void ServedView::Rebuild() {
  ComeLast();
  Log(LogLevel::kInfo, "rebuild_started",
      {{"directory", folder_.next().directory}, {"version", options_.version}});
  const absl::Status built = BuildNext();
  if (built.ok() || stopping()) return;
  // What serves goes on; the next start builds again.
  Log(LogLevel::kError, "rebuild_failed", {{"error", built.ToString()}});
}

absl::Status ServedView::BuildNext() {
  ASSIGN_OR_RETURN(const std::shared_ptr<Generation> next, OpenStore(folder_.next()));
  Projection building(*next->store);
  while (true) {
    const Positions goal = progress_.read();
    ASSIGN_OR_RETURN(const Positions built, PositionsOf(building));
    if (AreNear(built, goal)) break;
    RETURN_IF_ERROR(CatchUp(building, goal));
  }
  StopFollowing();
  const absl::Status taken_over = TakeOver(next, building);
  if (stopping()) return taken_over;
  const absl::Status following = StartFollowing();
  return taken_over.ok() ? following : taken_over;
}

// Follows until `building` is at `limits`.
absl::Status ServedView::CatchUp(Projection& building, const Positions& limits) {
  ASSIGN_OR_RETURN(Positions at, PositionsOf(building));
  if (at.Reach(limits)) return absl::OkStatus();
  // Declared last: its threads use what stands before.
  ASSIGN_OR_RETURN(const std::unique_ptr<Following> following,
                   follow_(building, limits, [&](Source source, uint64_t position, uint64_t) {
                     MutexLock lock(mutex_);
                     (source == Source::kPlanning ? at.planning : at.realization) = position;
                     changed_.notify_all();
                   }));
  MutexLock lock(mutex_);
  while (!stopping_ && !at.Reach(limits)) changed_.wait(mutex_);
  return stopping_ ? absl::CancelledError("scoring stops") : absl::OkStatus();
}

// Nothing follows into the serving store meanwhile: what is read of it stands still.
absl::Status ServedView::TakeOver(const std::shared_ptr<Generation>& next, Projection& building) {
  ASSIGN_OR_RETURN(const Positions goal, PositionsOf(projection_));
  RETURN_IF_ERROR(CatchUp(building, goal));
  if (options_.rebuild) {
    RETURN_IF_ERROR(Compare(*next));
  }
  RETURN_IF_ERROR(next->store->Sync());
  RETURN_IF_ERROR(folder_.Switch());
  serving_->replaced = true;
  Serve(next);
  Log(LogLevel::kInfo, "view_serves", {{"directory", next->directory}});
  return absl::OkStatus();
}

absl::Status ServedView::Compare(const Generation& next) const {
  ASSIGN_OR_RETURN(const views::RowComparison comparison,
                   views::CompareRows(*serving_->store, *next.store));
  const bool equal = comparison.different == 0;
  Log(equal ? LogLevel::kInfo : LogLevel::kError, equal ? "rebuild_equal" : "rebuild_differs",
      {{"rows", absl::StrCat(comparison.rows)},
       {"different", absl::StrCat(comparison.different)},
       {"first_different", comparison.first_different}});
  if (options_.on_compared) options_.on_compared(comparison);
  return absl::OkStatus();
}

}  // namespace sakip::scoring
