// proof_driver answers questions about proofs and makes signed files, one line in and one line out,
// so that a verifier in another language can be compared with ours. Hashes are hexadecimal, lists
// have commas, `-` is an empty list. Leaf I of the tree is the text `leaf I`.
//
//   root N, inclusion I N, consistency M N    of the tree of the first N leaves
//   check-inclusion LEAF I N PATH ROOT        1 or 0: the proof is accepted
//   check-consistency M N PROOF ROOT ROOT     likewise
//   flip-inclusion ..., flip-consistency ...  the same, then how many are accepted of those where
//                                             one bit of one byte is another
//   export FILE EVENTS, receipt FILE POSITION, witnessed FILE
//                                             of a log of its own; answers the keys to trust
#include <algorithm>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/base/log.h"
#include "common/eventlog/testing/history_test_support.h"
#include "common/eventlog/verify/export_file.h"
#include "common/eventlog/verify/log_receipt.h"
#include "common/merkle/hash.h"
#include "common/merkle/tree.h"
#include "common/merkle/verify.h"
#include "common/note/note.h"

namespace sakip::eventlog {
namespace {

using merkle::Hash;
using merkle::NodeId;
using Words = std::vector<std::string>;

std::string Hex(const Hash& hash) { return absl::BytesToHexString(merkle::View(hash)); }

std::string HexList(const std::vector<Hash>& hashes) {
  if (hashes.empty()) return "-";
  return absl::StrJoin(hashes, ",",
                       [](std::string* out, const Hash& hash) { out->append(Hex(hash)); });
}

Hash FromHex(absl::string_view text) { return *merkle::ToHash(absl::HexStringToBytes(text)); }

std::vector<Hash> FromHexList(const std::string& text) {
  std::vector<Hash> hashes;
  if (text == "-") return hashes;
  for (const absl::string_view hash : absl::StrSplit(text, ',')) hashes.push_back(FromHex(hash));
  return hashes;
}

uint64_t Number(const std::string& text) {
  uint64_t number = 0;
  SAKIP_CHECK(absl::SimpleAtoi(text, &number));
  return number;
}

// The tree whose leaf I is the text `leaf I`, as large as it was asked about.
class Tree {
 public:
  void GrowTo(uint64_t size) {
    while (frontier_.size() < size) {
      const Hash leaf = merkle::HashLeaf(absl::StrCat("leaf ", frontier_.size()));
      nodes_[{0, frontier_.size()}] = leaf;
      frontier_.Append(leaf, [this](const NodeId& id, const Hash& hash) {
        nodes_[{id.level, id.index}] = hash;
      });
    }
  }
  Hash Node(const NodeId& id) const { return nodes_.at({id.level, id.index}); }

 private:
  merkle::Frontier frontier_;
  std::map<std::pair<int, uint64_t>, Hash> nodes_;
};

// A proof to be checked: numbers and hashes in the order of the command.
struct Question {
  bool inclusion = false;
  uint64_t first = 0;
  uint64_t second = 0;
  std::vector<Hash> proof;
  Hash a = {};  // Leaf, or the first root.
  Hash b = {};  // Root, or the second root.

  bool Accepted() const {
    return inclusion ? merkle::VerifyInclusion(a, first, second, proof, b)
                     : merkle::VerifyConsistency(first, second, proof, a, b);
  }
};

Question Parse(const Words& words) {
  SAKIP_CHECK(words.size() == 6);
  if (absl::StrContains(words[0], "inclusion")) {
    return {true,
            Number(words[2]),
            Number(words[3]),
            FromHexList(words[4]),
            FromHex(words[1]),
            FromHex(words[5])};
  }
  return {false,
          Number(words[1]),
          Number(words[2]),
          FromHexList(words[3]),
          FromHex(words[4]),
          FromHex(words[5])};
}

// How many of the questions with one flipped bit are accepted; which bit goes by the byte.
int AcceptedFlips(Question question) {
  std::vector<Hash*> hashes = {&question.a};
  for (Hash& hash : question.proof) hashes.push_back(&hash);
  hashes.push_back(&question.b);
  int accepted = 0;
  size_t byte = 0;
  for (Hash* hash : hashes) {
    for (char& c : *hash) {
      const char before = c;
      c = static_cast<char>(c ^ (1 << (byte++ % 8)));
      accepted += question.Accepted() ? 1 : 0;
      c = before;
    }
  }
  return accepted;
}

std::string OfTree(Tree& tree, const Words& words) {
  const auto nodes = [&tree](const NodeId& id) { return tree.Node(id); };
  tree.GrowTo(Number(words.back()));
  if (words[0] == "root") return Hex(*merkle::RootAt(Number(words[1]), nodes));
  const uint64_t first = Number(words[1]), second = Number(words[2]);
  return HexList(words[0] == "inclusion" ? *merkle::InclusionProof(first, second, nodes)
                                         : *merkle::ConsistencyProof(first, second, nodes));
}

void WriteExport(const TestHistory& history, const std::string& path) {
  const auto writer = ExportWriter::Create(path, kTestOrigin);
  SAKIP_CHECK(writer.ok());
  for (const StoredRecord& record : history.records()) {
    SAKIP_CHECK((*writer)->Add(record.record, *merkle::ToHash(record.leaf_hash)).ok());
  }
  SAKIP_CHECK((*writer)->Finish(history.SignedNoteAt(history.size())).ok());
}

std::string OfFiles(const Words& words) {
  constexpr int kEvents = 64;
  TestHistory history;
  history.Grow(words[0] == "export" ? static_cast<int>(Number(words[2])) : kEvents,
               std::string(300, 'p'));
  std::string keys = history.signer().verifier().vkey();
  if (words[0] == "export") {
    WriteExport(history, words[1]);
  } else if (words[0] == "receipt") {
    const uint64_t position = Number(words[2]);
    std::ofstream(words[1], std::ios::binary)
        << FormatReceipt({.record = history.records()[position].record,
                          .position = position,
                          .path = history.Inclusion(position, kEvents),
                          .checkpoint_note = history.SignedNoteAt(kEvents)});
  } else {
    const note::Signer witness = TestSigner("witness.test", note::KeyType::kWitness);
    std::ofstream(words[1], std::ios::binary) << *note::AddSignature(
        history.SignedNoteAt(kEvents), witness, absl::FromUnixSeconds(1700000000));
    absl::StrAppend(&keys, " ", witness.verifier().vkey());
  }
  return keys;
}

std::string Answer(Tree& tree, const Words& words) {
  if (words[0] == "root" || words[0] == "inclusion" || words[0] == "consistency") {
    return OfTree(tree, words);
  }
  if (absl::StartsWith(words[0], "check-")) return Parse(words).Accepted() ? "1" : "0";
  if (absl::StartsWith(words[0], "flip-")) {
    const Question question = Parse(words);
    return absl::StrCat(question.Accepted() ? "1 " : "0 ", AcceptedFlips(question));
  }
  return OfFiles(words);
}

}  // namespace
}  // namespace sakip::eventlog

int main() {
  sakip::eventlog::Tree tree;
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << sakip::eventlog::Answer(tree, absl::StrSplit(line, ' ')) << std::endl;
  }
}
