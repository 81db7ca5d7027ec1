// Holds the tree against the recursive definitions of RFC 6962 section 2.1, written out here.
#include "common/merkle/tree.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "common/merkle/verify.h"

namespace sakip::merkle {
namespace {

constexpr uint64_t kLeaves = 70;  // More than 64, so that seven levels are there.

uint64_t SplitOf(uint64_t n) {
  uint64_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

Hash LeafOf(uint64_t index) { return HashLeaf(absl::StrCat("leaf ", index)); }

Hash RootOf(uint64_t begin, uint64_t end) {
  if (begin == end) return EmptyRoot();
  if (end - begin == 1) return LeafOf(begin);
  const uint64_t split = begin + SplitOf(end - begin);
  return HashChildren(RootOf(begin, split), RootOf(split, end));
}

std::vector<Hash> PathOf(uint64_t index, uint64_t begin, uint64_t end) {
  if (end - begin == 1) return {};
  const uint64_t split = begin + SplitOf(end - begin);
  const bool left = begin + index < split;
  std::vector<Hash> path =
      left ? PathOf(index, begin, split) : PathOf(index - (split - begin), split, end);
  path.push_back(left ? RootOf(split, end) : RootOf(begin, split));
  return path;
}

std::vector<Hash> SubProofOf(uint64_t first, uint64_t begin, uint64_t end, bool whole) {
  if (first == end - begin) {
    return whole ? std::vector<Hash>() : std::vector<Hash>{RootOf(begin, end)};
  }
  const uint64_t k = SplitOf(end - begin);
  const bool left = first <= k;
  std::vector<Hash> proof = left ? SubProofOf(first, begin, begin + k, whole)
                                 : SubProofOf(first - k, begin + k, end, false);
  proof.push_back(left ? RootOf(begin + k, end) : RootOf(begin, begin + k));
  return proof;
}

// A tree that grew leaf by leaf, with its nodes in a map.
class TreeTest : public ::testing::Test {
 protected:
  void Grow() {
    const Hash leaf = LeafOf(frontier_.size());
    nodes_[{0, frontier_.size()}] = leaf;
    frontier_.Append(leaf, [&](const NodeId& id, const Hash& hash) {
      EXPECT_TRUE(nodes_.emplace(std::make_pair(id.level, id.index), hash).second)
          << "made twice: " << id.level << " " << id.index;
    });
  }

  absl::StatusOr<Hash> Node(const NodeId& id) {
    ++reads_;
    const auto node = nodes_.find({id.level, id.index});
    if (node == nodes_.end()) return absl::NotFoundError("no such node");
    return node->second;
  }

  Frontier frontier_;
  std::map<std::pair<int, uint64_t>, Hash> nodes_;
  int reads_ = 0;
};

TEST_F(TreeTest, HasTheRootOfTheDefinitionAtEverySize) {
  const auto node = [this](const NodeId& id) { return Node(id); };
  EXPECT_EQ(frontier_.Root(), EmptyRoot());

  for (uint64_t size = 1; size <= kLeaves; ++size) {
    Grow();

    EXPECT_EQ(frontier_.Root(), RootOf(0, size)) << size;
    const auto loaded = Frontier::Load(size, node);
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    EXPECT_EQ(loaded->Root(), RootOf(0, size)) << size;
  }
  // Also of every earlier size, from the nodes of the last.
  for (uint64_t size = 0; size <= kLeaves; ++size) {
    EXPECT_EQ(RootAt(size, node).value(), RootOf(0, size)) << size;
  }
}

TEST_F(TreeTest, ProvesEveryLeafInEveryTree) {
  const auto node = [this](const NodeId& id) { return Node(id); };
  for (uint64_t size = 1; size <= kLeaves; ++size) {
    Grow();
    const Hash root = RootOf(0, size);
    for (uint64_t index = 0; index < size; ++index) {
      const auto path = InclusionProof(index, size, node);

      ASSERT_TRUE(path.ok()) << path.status();
      EXPECT_EQ(*path, PathOf(index, 0, size)) << index << " of " << size;
      EXPECT_TRUE(VerifyInclusion(LeafOf(index), index, size, *path, root));
      EXPECT_FALSE(VerifyInclusion(LeafOf(index + 1), index, size, *path, root));
      EXPECT_FALSE(VerifyInclusion(LeafOf(index), index + 1, size, *path, root));
      EXPECT_FALSE(VerifyInclusion(LeafOf(index), size, size, *path, root));
    }
  }
}

TEST_F(TreeTest, ProvesThatEveryTreeIsTheStartOfEveryLaterOne) {
  const auto node = [this](const NodeId& id) { return Node(id); };
  for (uint64_t second = 0; second <= kLeaves; ++second) {
    if (second > 0) Grow();
    for (uint64_t first = 0; first <= second; ++first) {
      const auto proof = ConsistencyProof(first, second, node);

      ASSERT_TRUE(proof.ok()) << proof.status();
      if (first > 0) {
        EXPECT_EQ(*proof, SubProofOf(first, 0, second, true)) << first << " in " << second;
      }
      const Hash first_root = RootOf(0, first);
      const Hash second_root = RootOf(0, second);
      EXPECT_TRUE(VerifyConsistency(first, second, *proof, first_root, second_root));
      EXPECT_FALSE(VerifyConsistency(first, second, *proof, HashLeaf("other"), second_root));
      EXPECT_FALSE(VerifyConsistency(second + 1, second, *proof, first_root, second_root));
      if (first > 0) {
        EXPECT_FALSE(VerifyConsistency(first, second, *proof, first_root, HashLeaf("other")));
      }
    }
  }
}

TEST_F(TreeTest, RefusesProofsThatAreLongerOrShorter) {
  const auto node = [this](const NodeId& id) { return Node(id); };
  for (uint64_t size = 0; size < kLeaves; ++size) Grow();
  const Hash root = RootOf(0, kLeaves);
  for (uint64_t index = 0; index < kLeaves; ++index) {
    std::vector<Hash> path = InclusionProof(index, kLeaves, node).value();
    std::vector<Hash> proof = ConsistencyProof(index, kLeaves, node).value();
    path.push_back(root);
    proof.push_back(root);
    EXPECT_FALSE(VerifyInclusion(LeafOf(index), index, kLeaves, path, root));
    EXPECT_FALSE(VerifyConsistency(index, kLeaves, proof, RootOf(0, index), root));
    path.resize(path.size() - 2);
    EXPECT_FALSE(VerifyInclusion(LeafOf(index), index, kLeaves, path, root));
    if (index == 0) continue;
    proof.resize(proof.size() - 2);
    EXPECT_FALSE(VerifyConsistency(index, kLeaves, proof, RootOf(0, index), root));
  }
}

TEST_F(TreeTest, ReadsAsManyNodesAsTheTreeHasLevelsForAProof) {
  const auto node = [this](const NodeId& id) { return Node(id); };
  for (uint64_t size = 0; size < kLeaves; ++size) Grow();
  for (uint64_t index = 0; index < kLeaves; ++index) {
    reads_ = 0;
    ASSERT_TRUE(InclusionProof(index, kLeaves, node).ok());
    EXPECT_LE(reads_, 2 * 7) << index;
    reads_ = 0;
    ASSERT_TRUE(ConsistencyProof(index, kLeaves, node).ok());
    EXPECT_LE(reads_, 2 * 7) << index;
  }
}

TEST_F(TreeTest, PassesOnThatANodeCannotBeRead) {
  const auto damaged = [](const NodeId&) -> absl::StatusOr<Hash> {
    return absl::DataLossError("damaged");
  };

  EXPECT_EQ(Frontier::Load(5, damaged).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(RootAt(5, damaged).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(InclusionProof(1, 5, damaged).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(ConsistencyProof(3, 5, damaged).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace sakip::merkle
