// CodeEditions reads published code editions, to look codes up in them.
#ifndef SAKIP_SERVICES_PLANNING_RPC_CODE_EDITIONS_H_
#define SAKIP_SERVICES_PLANNING_RPC_CODE_EDITIONS_H_

#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/base/error.h"
#include "common/base/mutex.h"
#include "common/eventlog/event_log.h"
#include "sakip/planning/v1/agency.pb.h"
#include "sakip/planning/v1/code_edition.pb.h"
#include "sakip/planning/v1/document.pb.h"
#include "services/planning/domain/code_edition.h"
#include "services/planning/store/code_edition_view.h"

namespace sakip::planning {

EditionKind ToKind(v1::CodeEdition::Kind kind);
std::vector<CodeEntry> ToEntries(const v1::CodeEdition& edition);

// An edition to look codes up in. Immutable, thread-safe.
struct PublishedEdition {
  v1::CodeEdition edition;  // Without its entries.
  EditionCodes codes;
};

// Thread-safe. Borrows the view and the log. Keeps a few editions, since most plans name the same;
// they never change.
class CodeEditions {
 public:
  CodeEditions(const CodeEditionView& view, const eventlog::EventLog& log)
      : view_(view), log_(log) {}

  // Null where none was published under this name.
  //
  //   DATA_LOSS  RECORD_DAMAGED  it cannot be read.
  absl::StatusOr<std::shared_ptr<const PublishedEdition>> Find(const std::string& name) const;

  // The edition with its entries, as it is served. Errors are those of Find.
  //
  //   NOT_FOUND  CODE_EDITION_NOT_FOUND  none was published under this name.
  absl::StatusOr<v1::CodeEdition> Read(const std::string& name) const;

 private:
  static constexpr size_t kKeptMax = 8;

  const CodeEditionView& view_;
  const eventlog::EventLog& log_;
  mutable Mutex mutex_;
  // The one asked for last comes first.
  mutable std::list<std::shared_ptr<const PublishedEdition>> kept_ ABSL_GUARDED_BY(mutex_);
};

// Add an error where the edition that an agency or an annual plan names was not published, is of
// other codes, belongs to a region that is not above, or does not have the agency's region. Errors
// that are returned are those of CodeEditions::Find.
absl::Status CheckRegionEdition(const CodeEditions& editions, const v1::Agency& agency,
                                FieldErrors& errors);
absl::Status CheckNomenclatureEdition(const CodeEditions& editions,
                                      const v1::PlanDocument& document, const std::string& path,
                                      FieldErrors& errors);

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_CODE_EDITIONS_H_
