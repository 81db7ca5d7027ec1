#include "common/eventlog/log_tree.h"

#include "absl/strings/str_cat.h"
#include "common/base/error.h"
#include "common/base/status_macros.h"
#include "common/eventlog/record.h"
#include "common/merkle/verify.h"

namespace sakip::eventlog {
namespace {

// Reads the nodes of a tree; its leaves are the hashes of the records as they are.
class Nodes {
 public:
  explicit Nodes(const RecordStore& store) : store_(store) {}

  absl::StatusOr<merkle::Hash> operator()(const merkle::NodeId& id) const {
    if (id.level > 0) return store_.Node(id);
    ASSIGN_OR_RETURN(const StoredRecord record, store_.RecordAt(id.index));
    RETURN_IF_ERROR(VerifyRecord(id.index, record));
    return *merkle::ToHash(record.leaf_hash);
  }

 private:
  const RecordStore& store_;
};

absl::Status TreeDamaged(absl::string_view what) {
  return MakeError(absl::StatusCode::kDataLoss, "RECORD_DAMAGED",
                   absl::StrCat("the tree of the log is damaged: ", what));
}

}  // namespace

absl::StatusOr<merkle::Frontier> ReadTree(const RecordStore& store, uint64_t size) {
  return merkle::Frontier::Load(size, Nodes(store));
}

absl::StatusOr<std::vector<merkle::Hash>> ReadInclusionProof(const RecordStore& store,
                                                             uint64_t position, uint64_t size) {
  const Nodes nodes(store);
  ASSIGN_OR_RETURN(const merkle::Hash leaf, nodes({0, position}));
  ASSIGN_OR_RETURN(const merkle::Hash root, merkle::RootAt(size, nodes));
  ASSIGN_OR_RETURN(auto path, merkle::InclusionProof(position, size, nodes));
  if (!merkle::VerifyInclusion(leaf, position, size, path, root)) {
    return TreeDamaged(absl::StrCat("position ", position, " is not in the tree of size ", size));
  }
  return path;
}

absl::StatusOr<std::vector<merkle::Hash>> ReadConsistencyProof(const RecordStore& store,
                                                               uint64_t first, uint64_t second) {
  const Nodes nodes(store);
  ASSIGN_OR_RETURN(const merkle::Hash first_root, merkle::RootAt(first, nodes));
  ASSIGN_OR_RETURN(const merkle::Hash second_root, merkle::RootAt(second, nodes));
  ASSIGN_OR_RETURN(auto proof, merkle::ConsistencyProof(first, second, nodes));
  if (!merkle::VerifyConsistency(first, second, proof, first_root, second_root)) {
    return TreeDamaged(
        absl::StrCat("the tree of size ", first, " is not the start of that of size ", second));
  }
  return proof;
}

}  // namespace sakip::eventlog
