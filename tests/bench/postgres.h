// What is said to PostgreSQL, by libpq. An error ends the process.
#ifndef SAKIP_TESTS_BENCH_POSTGRES_H_
#define SAKIP_TESTS_BENCH_POSTGRES_H_

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <vector>

namespace sakip::bench {

struct ClosePostgres {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};

// A connection is used by one thread at a time.
using Postgres = std::unique_ptr<PGconn, ClosePostgres>;

Postgres ConnectPostgres(const std::string& connection);

// Takes the result of a statement that returns no rows.
void CheckResult(PGresult* result, PGconn* connection);

// Runs a statement that returns no rows.
void Execute(PGconn* connection, const std::string& statement);

// Loads rows in the text format of COPY.
void Copy(PGconn* connection, const std::string& table, const std::string& rows);

// The rows that a statement returns, each value as text.
std::vector<std::vector<std::string>> Query(PGconn* connection, const std::string& statement);

}  // namespace sakip::bench

#endif  // SAKIP_TESTS_BENCH_POSTGRES_H_
