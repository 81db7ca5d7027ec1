// ViewFolder keeps the stores of one view in a folder: the one that serves, and the next one, which
// is built beside it to take its place.
//
//   serving   `3 scoring/5`: the store in `3/` serves, and its rows are those of version scoring/5
//   3/ 4/     stores; the one after the serving one is the next
//
// The file is replaced by a rename and the folder synced: after a crash at any point either the old
// store serves or the new one, whole. Without the file nothing serves yet. All else in the folder
// is left over and removed when it is opened.
#ifndef SAKIP_COMMON_VIEWS_VIEW_FOLDER_H_
#define SAKIP_COMMON_VIEWS_VIEW_FOLDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace sakip::views {

struct ViewGeneration {
  uint64_t number = 0;
  std::string version;  // What the rows mean.
  std::string directory;
};

// Not thread-safe. One process at a time has a folder open: each store in it sees to that.
class ViewFolder {
 public:
  // Opens a folder, made where missing, for a program that writes rows of `version` and can serve
  // those of `older_versions` too. A store of any other version is removed: nobody can read it.
  //
  //   DATA_LOSS    VIEW_DAMAGED     the file `serving` says nothing: delete the folder, the view is
  //                                 built again.
  //   UNAVAILABLE  VIEW_NOT_OPENED  the folder cannot be read or written.
  static absl::StatusOr<ViewFolder> Open(std::string path, std::string version,
                                         const std::vector<std::string>& older_versions);

  // Absent where nothing serves yet.
  const std::optional<ViewGeneration>& serving() const { return serving_; }

  // What is being built. It may have been begun before the last end of the process.
  const ViewGeneration& next() const { return next_; }

  // Forgets what was begun.
  absl::Status ClearNext() const;

  // The next store serves from now on, whatever happens, and there is a new next one. The store
  // that served is left to the caller, who may still read it.
  absl::Status Switch();

 private:
  ViewFolder(std::string path, std::string version)
      : path_(std::move(path)), version_(std::move(version)) {}

  absl::Status ReadServing(const std::vector<std::string>& older_versions);
  absl::Status RemoveLeftovers() const;
  ViewGeneration Generation(uint64_t number, std::string version) const;

  std::string path_;
  std::string version_;
  std::optional<ViewGeneration> serving_;
  ViewGeneration next_;
};

// Removes a store that nobody has open; what is not there is fine.
absl::Status RemoveStore(const std::string& directory);

}  // namespace sakip::views

#endif  // SAKIP_COMMON_VIEWS_VIEW_FOLDER_H_
