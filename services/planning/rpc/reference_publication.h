// ReferencePublication is one request to publish reference values: which of its rows are good, what
// they change, and what each row is answered.
//
// The answer follows from the request and the stored event alone, never from the values as they are
// now: a repeat gets the first answer.
#ifndef SAKIP_SERVICES_PLANNING_RPC_REFERENCE_PUBLICATION_H_
#define SAKIP_SERVICES_PLANNING_RPC_REFERENCE_PUBLICATION_H_

#include <string>
#include <vector>

#include "sakip/planning/v1/events.pb.h"
#include "sakip/planning/v1/reference_value_service.pb.h"
#include "services/planning/domain/reference_value.h"
#include "services/planning/store/reference_value_view.h"

namespace sakip::planning {

// Immutable, thread-safe.
class ReferencePublication {
 public:
  // Checks the rows.
  explicit ReferencePublication(v1::PublishReferenceValuesRequest request);

  bool all_refused() const { return refused_count_ == rows_.size(); }

  // `regions/35/referenceValues`.
  std::string Stream() const;

  // What is to be stored where the values are those of `view`.
  v1::ReferenceValuesPublished Decide(const ReferenceValueView& view) const;

  // The answer where `event`, a result of Decide, was stored (or would be), without receipt.
  v1::PublishReferenceValuesResponse Answer(const v1::ReferenceValuesPublished& event) const;

 private:
  v1::PublishReferenceValuesRequest request_;
  std::vector<ReferenceValue> rows_;
  std::vector<std::vector<FieldViolation>> violations_;  // Of each row.
  size_t refused_count_ = 0;
};

}  // namespace sakip::planning

#endif  // SAKIP_SERVICES_PLANNING_RPC_REFERENCE_PUBLICATION_H_
