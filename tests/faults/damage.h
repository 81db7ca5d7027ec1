// Damage is one thing that befalls one file of a closed log or of a backup.
#ifndef SAKIP_TESTS_FAULTS_DAMAGE_H_
#define SAKIP_TESTS_FAULTS_DAMAGE_H_

#include <cstdint>
#include <string>
#include <vector>

namespace sakip::faults {

// A value.
struct Damage {
  enum class Kind { kFlip, kTruncate, kZeroPage, kSwap, kRemove };

  Kind kind = Kind::kFlip;
  std::string file;     // Path in the folder.
  uint64_t offset = 0;  // Of the byte, of the new end, of the page.
  int bit = 0;          // Of a flip.
  std::string other;    // Of a swap.

  // Does it to what is in `folder`. Ends the process where that fails.
  void Inflict(const std::string& folder) const;

  // `flip store/000004.log at 17`.
  std::string Name() const;
};

// All damages of the log in `folder`, in an order that follows from its files: flips and
// truncations at every `step`th byte, all zeroed pages and swaps. The seed chooses the bytes and
// the bits.
std::vector<Damage> ListDamages(const std::string& folder, uint64_t step, uint64_t seed);

}  // namespace sakip::faults

#endif  // SAKIP_TESTS_FAULTS_DAMAGE_H_
