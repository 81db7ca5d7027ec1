// Holds hashes, roots and proofs against public vectors: the tree of eight leaves that the first
// implementation of Certificate Transparency was tested with, and testdata/proof_vectors.txt.
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "common/merkle/hash.h"
#include "common/merkle/tree.h"
#include "common/merkle/verify.h"

namespace sakip::merkle {
namespace {

std::string Hex(const Hash& hash) { return absl::BytesToHexString(View(hash)); }

constexpr const char* kLeaves[] = {"",
                                   "00",
                                   "10",
                                   "2021",
                                   "3031",
                                   "40414243",
                                   "5051525354555657",
                                   "606162636465666768696a6b6c6d6e6f"};

// By number of leaves.
constexpr const char* kRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

TEST(HashVectorsTest, HashesAsPublished) {
  EXPECT_EQ(Hex(EmptyRoot()), kRoots[0]);
  EXPECT_EQ(Hex(HashLeaf("")), kRoots[1]);
  EXPECT_EQ(Hex(HashLeaf("L123456")),
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
}

TEST(TreeVectorsTest, GrowsThroughThePublishedRoots) {
  Frontier frontier;
  EXPECT_EQ(Hex(frontier.Root()), kRoots[0]);
  for (const char* leaf : kLeaves) {
    frontier.Append(HashLeaf(absl::HexStringToBytes(leaf)));
    EXPECT_EQ(Hex(frontier.Root()), kRoots[frontier.size()]) << frontier.size() << " leaves";
  }
}

// Absent where the text is not 32 bytes in Base 64.
std::optional<Hash> HashOf(absl::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(text, &bytes)) return std::nullopt;
  return ToHash(bytes);
}

// What the verifier says to a line of the file. A proof with a hash that is none cannot be asked
// about, so it is refused.
bool IsProved(const std::vector<std::string>& fields) {
  uint64_t first = 0, second = 0;
  const auto a = HashOf(fields[3]), b = HashOf(fields[4]);
  if (!absl::SimpleAtoi(fields[1], &first) || !absl::SimpleAtoi(fields[2], &second)) return false;
  if (!a.has_value() || !b.has_value()) return false;
  std::vector<Hash> proof;
  if (fields[5] != "-") {
    for (const absl::string_view text : absl::StrSplit(fields[5], ',')) {
      const auto hash = HashOf(text);
      if (!hash.has_value()) return false;
      proof.push_back(*hash);
    }
  }
  return fields[0] == "inclusion" ? VerifyInclusion(*a, first, second, proof, *b)
                                  : VerifyConsistency(first, second, proof, *a, *b);
}

TEST(ProofVectorsTest, ProvesAndRefusesAsPublished) {
  std::ifstream file(SAKIP_SOURCE_DIR "/common/merkle/testdata/proof_vectors.txt");
  int proved = 0, refused = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> fields = absl::StrSplit(line, ' ');
    ASSERT_EQ(fields.size(), 7u) << line;
    ++(fields[6] == "proved" ? proved : refused);
    EXPECT_EQ(IsProved(fields), fields[6] == "proved") << line;
  }
  EXPECT_EQ(proved, 11);
  EXPECT_EQ(refused, 182);
}

}  // namespace
}  // namespace sakip::merkle
