// FairQueue holds what waits for a turn and shares the turns fairly among tenants, by deficit round
// robin (Shreedhar and Varghese, SIGCOMM 1995): each tenant has a line of its own, and a visit adds
// a quantum to what its line may take. However long one line is, another's first item waits for at
// most a quantum and one item of every tenant that waits. O(1) a push; a pop visits each line once
// for every quantum that its first item costs.
#ifndef SAKIP_COMMON_BASE_FAIR_QUEUE_H_
#define SAKIP_COMMON_BASE_FAIR_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace sakip {

// Not thread-safe. Items of one tenant come out in the order that they went in. A tenant without
// items takes no memory.
template <typename Item>
class FairQueue {
 public:
  // `quantum` is in units of cost, and not 0.
  explicit FairQueue(uint64_t quantum) : quantum_(quantum) {}
  FairQueue(const FairQueue&) = delete;
  FairQueue& operator=(const FairQueue&) = delete;

  void Push(const std::string& tenant, uint64_t cost, Item item) {
    const auto [found, is_new] = by_tenant_.try_emplace(tenant);
    if (is_new) found->second = lines_.insert(lines_.end(), Line{.tenant = tenant});
    Line& line = *found->second;
    line.entries.push_back({cost, std::move(item)});
    line.cost += cost;
    cost_ += cost;
    ++size_;
  }

  // The item whose turn it is; nothing where the queue is empty.
  std::optional<Item> Pop() {
    if (lines_.empty()) return std::nullopt;
    while (true) {
      Line& line = lines_.front();
      if (!line.visited) {
        line.visited = true;
        line.deficit += quantum_;
      }
      if (line.entries.front().cost <= line.deficit) {
        line.deficit -= line.entries.front().cost;
        return Remove(lines_.begin(), /*newest=*/false);
      }
      line.visited = false;
      lines_.splice(lines_.end(), lines_, lines_.begin());
    }
  }

  // Takes the newest item of a tenant; nothing where it has none.
  std::optional<Item> PopNewestOf(const std::string& tenant) {
    const auto found = by_tenant_.find(tenant);
    if (found == by_tenant_.end()) return std::nullopt;
    return Remove(found->second, /*newest=*/true);
  }

  // The same, left where it is; null where the tenant has none. Valid until the queue changes.
  const Item* NewestOf(const std::string& tenant) const {
    const auto found = by_tenant_.find(tenant);
    return found == by_tenant_.end() ? nullptr : &found->second->entries.back().item;
  }

  // Calls `visit(tenant, cost)` for each tenant with what waits of it.
  template <typename Visit>
  void ForEachTenant(const Visit& visit) const {
    for (const Line& line : lines_) visit(line.tenant, line.cost);
  }

  bool empty() const { return size_ == 0; }
  size_t size() const { return size_; }
  uint64_t cost() const { return cost_; }

  // Tenants that have something waiting.
  size_t tenants() const { return lines_.size(); }

  // What waits of one tenant.
  size_t SizeOf(const std::string& tenant) const {
    const auto found = by_tenant_.find(tenant);
    return found == by_tenant_.end() ? 0 : found->second->entries.size();
  }
  uint64_t CostOf(const std::string& tenant) const {
    const auto found = by_tenant_.find(tenant);
    return found == by_tenant_.end() ? 0 : found->second->cost;
  }

 private:
  struct Entry {
    uint64_t cost = 0;
    Item item;
  };
  struct Line {
    std::string tenant{};
    std::deque<Entry> entries{};
    uint64_t cost = 0;
    uint64_t deficit = 0;  // What it may take yet; forgotten when nothing of it waits.
    bool visited = false;  // The line is at the front and got its quantum.
  };
  using Lines = std::list<Line>;

  Item Remove(typename Lines::iterator line, bool newest) {
    Entry entry = std::move(newest ? line->entries.back() : line->entries.front());
    newest ? line->entries.pop_back() : line->entries.pop_front();
    line->cost -= entry.cost;
    cost_ -= entry.cost;
    --size_;
    if (line->entries.empty()) {
      by_tenant_.erase(line->tenant);
      lines_.erase(line);
    }
    return std::move(entry.item);
  }

  const uint64_t quantum_;
  Lines lines_;  // Of the tenants with items, the next to be visited first.
  std::unordered_map<std::string, typename Lines::iterator> by_tenant_;
  size_t size_ = 0;
  uint64_t cost_ = 0;
};

}  // namespace sakip

#endif  // SAKIP_COMMON_BASE_FAIR_QUEUE_H_
