// PostgresPeer does the same durable work in PostgreSQL: rows of a payload and a position, the rows
// of one insert in one transaction, on disk when it returns.
#ifndef SAKIP_TESTS_BENCH_POSTGRES_PEER_H_
#define SAKIP_TESTS_BENCH_POSTGRES_PEER_H_

#include <cstddef>
#include <memory>
#include <string>

namespace sakip::bench {

// Insert is thread-safe across clients; a client is used by one thread at a time. An error of
// PostgreSQL ends the process.
class PostgresPeer {
 public:
  virtual ~PostgresPeer() = default;

  // Makes an empty table of its own and connects so many clients. Null where `connection` is empty
  // or the benchmark was built without libpq.
  static std::unique_ptr<PostgresPeer> Connect(const std::string& connection, size_t clients,
                                               size_t rows_per_insert, size_t row_bytes);

  virtual void Insert(size_t client) = 0;
};

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_POSTGRES_PEER_H_
