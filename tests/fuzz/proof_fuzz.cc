// Proofs of the Merkle tree: of every tree only the proof that the tree itself makes is believed.
#include <map>

#include "common/base/log.h"
#include "common/merkle/tree.h"
#include "common/merkle/verify.h"
#include "tests/fuzz/target.h"

namespace sakip::fuzz {
namespace {

constexpr uint64_t kLeaves = 40;

// A tree whose hashes are all known.
class Tree {
 public:
  Tree() {
    merkle::Frontier frontier;
    roots_.push_back(frontier.Root());
    for (uint64_t i = 0; i < kLeaves; ++i) {
      const merkle::Hash leaf = Leaf(i);
      nodes_[{0, i}] = leaf;
      frontier.Append(leaf, [this](const merkle::NodeId& id, const merkle::Hash& hash) {
        nodes_[{id.level, id.index}] = hash;
      });
      roots_.push_back(frontier.Root());
    }
  }

  static merkle::Hash Leaf(uint64_t index) { return merkle::HashLeaf(NumberInput(index)); }
  const merkle::Hash& Root(uint64_t size) const { return roots_[size]; }

  std::vector<merkle::Hash> Inclusion(uint64_t index, uint64_t size) const {
    return merkle::InclusionProof(index, size, Reader()).value();
  }
  std::vector<merkle::Hash> Consistency(uint64_t first, uint64_t second) const {
    return merkle::ConsistencyProof(first, second, Reader()).value();
  }

 private:
  std::function<absl::StatusOr<merkle::Hash>(const merkle::NodeId&)> Reader() const {
    return [this](const merkle::NodeId& id) { return nodes_.at({id.level, id.index}); };
  }

  std::map<std::pair<int, uint64_t>, merkle::Hash> nodes_;
  std::vector<merkle::Hash> roots_;  // By size.
};

const Tree& TheTree() {
  static const Tree& tree = *new Tree;
  return tree;
}

// Changes a proof as the input says: a hash taken out, put in twice, changed or replaced.
void Change(InputReader& input, std::vector<merkle::Hash>& proof) {
  for (uint64_t i = input.TakeNumber(1) % 4; i > 0; --i) {
    const size_t at = input.TakeNumber(1) % (proof.size() + 1);
    const merkle::Hash other = TheTree().Root(input.TakeNumber(1) % (kLeaves + 1));
    switch (input.TakeNumber(1) % 3) {
      case 0:
        proof.insert(proof.begin() + static_cast<ptrdiff_t>(at), other);
        break;
      case 1:
        if (at < proof.size()) proof.erase(proof.begin() + static_cast<ptrdiff_t>(at));
        break;
      default:
        if (at < proof.size()) proof[at][input.TakeNumber(1) % 32] ^= 1;
        break;
    }
  }
}

void TryInclusion(InputReader& input) {
  const Tree& tree = TheTree();
  const uint64_t size = 1 + input.TakeNumber(1) % kLeaves;
  const uint64_t index = input.TakeNumber(1) % size;
  const std::vector<merkle::Hash> right = tree.Inclusion(index, size);
  std::vector<merkle::Hash> proof = right;
  Change(input, proof);
  SAKIP_CHECK(merkle::VerifyInclusion(Tree::Leaf(index), index, size, proof, tree.Root(size)) ==
              (proof == right));
  // Another place, size or leaf is another statement. Any number is a question.
  const uint64_t other_index = input.TakeNumber();
  const uint64_t other_size = input.TakeNumber();
  const bool believed =
      merkle::VerifyInclusion(Tree::Leaf(index), other_index, other_size, proof, tree.Root(size));
  if (believed) SAKIP_CHECK(other_index == index || other_size != size);
  SAKIP_CHECK(!merkle::VerifyInclusion(Tree::Leaf(kLeaves), index, size, proof, tree.Root(size)));
}

void TryConsistency(InputReader& input) {
  const Tree& tree = TheTree();
  const uint64_t second = input.TakeNumber(1) % (kLeaves + 1);
  const uint64_t first = input.TakeNumber(1) % (second + 1);
  const std::vector<merkle::Hash> right = tree.Consistency(first, second);
  std::vector<merkle::Hash> proof = right;
  Change(input, proof);
  SAKIP_CHECK(merkle::VerifyConsistency(first, second, proof, tree.Root(first),
                                        tree.Root(second)) == (proof == right));
  const uint64_t other = input.TakeNumber(1) % (kLeaves + 1);
  if (other != first && first > 0) {
    SAKIP_CHECK(
        !merkle::VerifyConsistency(first, second, proof, tree.Root(other), tree.Root(second)));
  }
  static_cast<void>(merkle::VerifyConsistency(input.TakeNumber(), input.TakeNumber(), proof,
                                              tree.Root(first), tree.Root(second)));
}

}  // namespace

void Try(absl::string_view bytes) {
  InputReader input(bytes);
  if (input.TakeNumber(1) % 2 == 0) return TryInclusion(input);
  TryConsistency(input);
}

std::vector<std::string> Seeds() {
  return {std::string("\x00\x20\x05\x00", 4) + NumberInput(5) + NumberInput(33),
          std::string("\x01\x20\x09\x01\x02\x07\x02\x01", 8) + NumberInput(9),
          std::string("\x01\x28\x10\x00\x11", 5) + NumberInput(16) + NumberInput(40)};
}

}  // namespace sakip::fuzz
