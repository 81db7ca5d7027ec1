// ServedView is the projection that scoring answers from, and how it comes about: it follows both
// logs into the store that serves, and builds another store from position 0 beside it where one is
// wanted. The new one takes the place of the old one once both hold the same events; until then the
// old one serves and follows on.
//
// Where nothing serves yet, reads wait until a first store has caught up with both logs (Progress).
// A crash at any point leaves the old store or the new one, never a mixture (views/view_folder.h).
#ifndef SAKIP_SERVICES_SCORING_STORE_SERVED_VIEW_H_
#define SAKIP_SERVICES_SCORING_STORE_SERVED_VIEW_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/mutex.h"
#include "common/views/current_view_store.h"
#include "common/views/rocks_view_store.h"
#include "common/views/row_comparison.h"
#include "common/views/view_folder.h"
#include "services/scoring/store/following.h"
#include "services/scoring/store/progress.h"
#include "services/scoring/store/projection.h"

namespace sakip::scoring {

struct ServedViewOptions {
  std::string directory;  // Of its stores alone.
  std::string version;    // Name and version of what the rows mean.
  // Versions whose rows this program reads as well, and follows into: good to serve from until the
  // store of `version` is built.
  std::vector<std::string> older_versions = {};
  // Build a store from position 0 and compare its rows with those that serve, whatever the version.
  bool rebuild = false;
  // Told of that comparison. On a thread of the view.
  std::function<void(const views::RowComparison&)> on_compared = {};
};

// Thread-safe.
class ServedView {
 public:
  // Opens or makes the stores and starts to follow. `progress` is held back until a store has
  // caught up where none serves. Borrows it; what `follow` needs outlives the view as well.
  //
  //   Errors are those of ViewFolder::Open, RocksViewStore::Open and `follow`.
  static absl::StatusOr<std::unique_ptr<ServedView>> Open(ServedViewOptions options, Follow follow,
                                                          Progress& progress);
  ~ServedView();  // Stops.

  // Stops to follow and to build; what it holds can still be read. What was being built goes on at
  // the next start, unless it is to be compared: that begins anew.
  void Stop();

  const Projection& projection() const { return projection_; }

  // Numbers of records in the logs, as far as is known.
  Positions ends() const;

 private:
  // A store. It removes its folder at its end where another one has taken its place.
  struct Generation {
    ~Generation();

    std::string directory;
    std::unique_ptr<views::RocksViewStore> store;
    bool replaced = false;
  };

  ServedView(ServedViewOptions options, Follow follow, Progress& progress,
             views::ViewFolder folder);

  static absl::StatusOr<std::shared_ptr<Generation>> OpenStore(const views::ViewGeneration& which);
  absl::Status Start();
  absl::Status StartFollowing();
  std::unique_ptr<Following> StopFollowing();
  void Serve(std::shared_ptr<Generation> generation);

  // Where nothing serves yet.
  void NoteFirstRead(Source source, bool at_end);

  // On the thread that rebuilds.
  void Rebuild();
  absl::Status BuildNext();
  absl::Status CatchUp(Projection& building, const Positions& limits);
  absl::Status TakeOver(const std::shared_ptr<Generation>& next, Projection& building);
  absl::Status Compare(const Generation& next) const;
  bool stopping() const;

  const ServedViewOptions options_;
  const Follow follow_;
  Progress& progress_;
  views::CurrentViewStore current_;
  Projection projection_{current_};
  // Used by Start, then by the thread that rebuilds, or by those that follow under the mutex.
  views::ViewFolder folder_;
  std::shared_ptr<Generation> serving_;

  mutable Mutex mutex_;
  ConditionVariable changed_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool building_first_ ABSL_GUARDED_BY(mutex_) = false;
  bool planning_at_end_ ABSL_GUARDED_BY(mutex_) = false;
  bool realization_at_end_ ABSL_GUARDED_BY(mutex_) = false;
  std::unique_ptr<Following> following_ ABSL_GUARDED_BY(mutex_);  // Null for a moment at a switch.
  std::thread rebuilding_;
};

}  // namespace sakip::scoring

#endif  // SAKIP_SERVICES_SCORING_STORE_SERVED_VIEW_H_
