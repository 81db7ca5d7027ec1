#include "tests/bench/postgres_peer.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/bench/postgres.h"
#include "tests/bench/workload.h"

namespace sakip::bench {
namespace {

constexpr char kInsert[] = "insert_rows";
constexpr int kBinary = 1;

// insert into events (payload) values ($1), ($2), ...
std::string InsertStatement(size_t rows) {
  std::string statement = "insert into events (payload) values ";
  for (size_t row = 1; row <= rows; ++row) {
    absl::StrAppend(&statement, row == 1 ? "" : ",", "($", row, ")");
  }
  return statement;
}

class Libpq final : public PostgresPeer {
 public:
  Libpq(const std::string& connection, size_t clients, size_t rows_per_insert, size_t row_bytes)
      : rows_per_insert_(rows_per_insert), row_bytes_(row_bytes), inserts_(clients) {
    for (size_t client = 0; client < clients; ++client) {
      clients_.push_back(ConnectPostgres(connection));
      PGconn* opened = clients_.back().get();
      if (client == 0) {
        Execute(opened, "drop table if exists events");
        Execute(opened,
                "create table events (position bigserial primary key, payload bytea not null)");
      }
      const std::string statement = InsertStatement(rows_per_insert_);
      CheckResult(PQprepare(opened, kInsert, statement.c_str(), 0, nullptr), opened);
    }
  }

  void Insert(size_t client) override {
    PGconn* connection = clients_[client].get();
    const std::string bytes =
        Text(rows_per_insert_ * row_bytes_, inserts_[client]++ * clients_.size() + client);
    std::vector<const char*> values;
    for (size_t row = 0; row < rows_per_insert_; ++row) {
      values.push_back(bytes.data() + row * row_bytes_);
    }
    const std::vector<int> lengths(rows_per_insert_, static_cast<int>(row_bytes_));
    const std::vector<int> formats(rows_per_insert_, kBinary);
    CheckResult(PQexecPrepared(connection, kInsert, static_cast<int>(rows_per_insert_),
                               values.data(), lengths.data(), formats.data(), kBinary),
                connection);
  }

 private:
  const size_t rows_per_insert_;
  const size_t row_bytes_;
  std::vector<uint64_t> inserts_;  // By client.
  std::vector<Postgres> clients_;
};

}  // namespace

std::unique_ptr<PostgresPeer> PostgresPeer::Connect(const std::string& connection, size_t clients,
                                                    size_t rows_per_insert, size_t row_bytes) {
  if (connection.empty()) return nullptr;
  return std::make_unique<Libpq>(connection, clients, rows_per_insert, row_bytes);
}

}  // namespace sakip::bench
