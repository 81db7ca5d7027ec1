// PlanningView is what planning knows without reading its log: which agencies there are, and which
// revisions of which documents, and where. Contents of documents stay in the log. Kept through
// PlanningViews.
#ifndef SAKIP_SERVICES_PLANNING_STORE_PLANNING_VIEW_H_
#define SAKIP_SERVICES_PLANNING_STORE_PLANNING_VIEW_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "common/base/mutex.h"
#include "sakip/eventlog/v1/record.pb.h"
#include "sakip/planning/v1/agency.pb.h"
#include "sakip/planning/v1/document.pb.h"
#include "sakip/planning/v1/events.pb.h"
#include "services/planning/domain/publish.h"

namespace sakip::planning {

// Thread-safe.
class PlanningView {
 public:
  // Applies a committed record. One whose event cannot be read, or is of a type that is not known,
  // is logged and changes nothing that is served; its stream goes on.
  void Apply(const eventlog::v1::Record& record);

  // Number of events in the stream of an agency; 0 where it is not registered.
  uint64_t StreamRevision(const std::string& agency) const;

  std::optional<v1::Agency> FindAgency(const std::string& name) const;

  // At most `limit` agencies that `wanted` accepts, by name, after `after`.
  std::vector<v1::Agency> ListAgencies(const std::string& after, size_t limit,
                                       const std::function<bool(const std::string&)>& wanted) const;

  // The revisions of a document; empty where there is none.
  std::vector<RevisionState> Revisions(const std::string& document) const;

  // A revision without its content.
  std::optional<v1::PlanDocument> FindRevision(const std::string& document,
                                               uint32_t revision) const;

  // The names of the documents in a collection of an agency.
  std::vector<std::string> DocumentsIn(const std::string& agency,
                                       absl::string_view collection) const;

  // Revisions of documents without their content, in order of their keys or of their positions in
  // the log, forwards or backwards.
  enum class Order { kName, kNameDescending, kPosition, kPositionDescending };
  struct Query {
    Order order = Order::kName;
    // Of the revision after which the list goes on; nothing for its beginning.
    std::optional<v1::PlanDocument> after;
    size_t limit = 0;
    std::function<bool(const v1::PlanDocument&)> wanted;
    // Only the revision of each document in force on this day.
    std::optional<absl::CivilDay> in_force_on;
  };
  std::vector<v1::PlanDocument> ListRevisions(const Query& query) const;

  // Orders revisions by document and number.
  static std::string RevisionKey(absl::string_view document, uint32_t revision);

 private:
  absl::Status ApplyEvent(const eventlog::v1::Record& record);
  void ApplyAgency(const v1::AgencyRegistered& event);
  void ApplyDocument(uint64_t position, const v1::DocumentPublished& event);

  mutable Mutex mutex_;
  std::map<std::string, uint64_t> stream_revisions_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, v1::Agency> agencies_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<RevisionState>> revisions_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, v1::PlanDocument> summaries_ ABSL_GUARDED_BY(mutex_);  // By RevisionKey.
  std::map<uint64_t, std::string> keys_ ABSL_GUARDED_BY(mutex_);  // RevisionKey by position.
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_STORE_PLANNING_VIEW_H_
