// The Jember sample (deploy/samples/jember-2023) as facts, for tests. Reads what scoring needs and
// nothing else; that the files are well formed is what tests/scenarios checks.
#ifndef SAKIP_SERVICES_SCORING_TESTING_JEMBER_SAMPLE_H_
#define SAKIP_SERVICES_SCORING_TESTING_JEMBER_SAMPLE_H_

#include <string>

#include "services/scoring/domain/testing/facts_builder.h"

namespace sakip::scoring::testing {

// `directory` holds the files of the sample. Ends the process where one cannot be read. No quarter
// is closed.
Facts ReadJemberSample(const std::string& directory);

}  // namespace sakip::scoring::testing

#endif  // SAKIP_SERVICES_SCORING_TESTING_JEMBER_SAMPLE_H_
