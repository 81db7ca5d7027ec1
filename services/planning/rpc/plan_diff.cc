#include "services/planning/rpc/plan_diff.h"

#include <utility>
#include <vector>

#include "common/message/message_diff.h"
#include "services/planning/rpc/sent_plan.h"

namespace sakip::planning {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// As document.proto says: the first field, and of a budget part the first two.
std::vector<const FieldDescriptor*> KeysOf(const Descriptor& item) {
  if (&item == types::v1::BudgetPart::descriptor()) {
    return {item.FindFieldByNumber(1), item.FindFieldByNumber(2)};
  }
  return {item.FindFieldByNumber(1)};
}

v1::DocumentChange::Kind ToProto(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::kAdded:
      return v1::DocumentChange::KIND_ADDED;
    case Change::Kind::kRemoved:
      return v1::DocumentChange::KIND_REMOVED;
    case Change::Kind::kChanged:
      break;
  }
  return v1::DocumentChange::KIND_CHANGED;
}

}  // namespace

v1::DiffDocumentsResponse Diff(const v1::PlanDocument& before, const v1::PlanDocument& after) {
  v1::DiffDocumentsResponse response;
  response.set_from_revision(before.revision());
  response.set_to_revision(after.revision());
  for (Change& change : DiffMessages(AsSent(before), AsSent(after), &KeysOf)) {
    v1::DocumentChange& to = *response.add_changes();
    to.set_kind(ToProto(change.kind));
    to.set_path(std::move(change.path));
    to.set_before(std::move(change.before));
    to.set_after(std::move(change.after));
  }
  return response;
}

}  // namespace sakip::planning
