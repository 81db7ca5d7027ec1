# sakip_library() and sakip_test(): the only places where compiler flags are set.

set(SAKIP_SANITIZE "" CACHE STRING "Value of -fsanitize= for the whole build, e.g. address,undefined")
option(SAKIP_FUZZ "Build for libFuzzer, which comes with Clang; see tests/fuzz" OFF)

find_program(SAKIP_CCACHE ccache)
if(SAKIP_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SAKIP_CCACHE})
endif()
find_program(SAKIP_MOLD mold)
if(SAKIP_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(SAKIP_SANITIZE)
  add_compile_options(-fsanitize=${SAKIP_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SAKIP_SANITIZE})
endif()
if(SAKIP_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# The allocator of all programs: copying and freeing messages of many lines costs half of it as with
# that of the C library. Sanitizers bring their own.
find_library(SAKIP_JEMALLOC jemalloc REQUIRED)

# Warnings for our own code; generated code is built without them.
add_library(sakip_warnings INTERFACE)
target_compile_options(sakip_warnings INTERFACE -Wall -Wextra)
# The warnings that count are those of GCC; a fuzz build is Clang's.
if(NOT SAKIP_FUZZ)
  target_compile_options(sakip_warnings INTERFACE -Werror)
endif()
# GCC 12 sees an overlap in `"text" + string` at -O2 that is not there (GCC bug 105329).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(sakip_warnings INTERFACE $<$<CONFIG:RelWithDebInfo>:-Wno-restrict>)
endif()

# sakip_library(NAME SOURCES ... [PUBLIC ...] [PRIVATE ...])
# Includes are written from the top of the source tree: "common/base/log.h".
function(sakip_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "sakip_library(${name}): unknown ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(kinds ${arg_SOURCES})
  list(FILTER kinds INCLUDE REGEX "\\.cc$")
  if(kinds)
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PUBLIC ${arg_PUBLIC} PRIVATE sakip_warnings ${arg_PRIVATE})
  else()
    add_library(${name} INTERFACE ${arg_SOURCES})
    target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} INTERFACE ${arg_PUBLIC} ${arg_PRIVATE})
  endif()
endfunction()

# sakip_binary(NAME SOURCES ... DEPS ...): lands in build/<preset>/bin/.
function(sakip_binary name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE sakip_warnings ${arg_DEPS})
  if(NOT SAKIP_SANITIZE)
    target_link_libraries(${name} PRIVATE ${SAKIP_JEMALLOC})
  endif()
endfunction()

# Environment of every test: suppressions for libraries that are not instrumented.
set(SAKIP_TEST_ENVIRONMENT
  "TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/tsan.supp"
  "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp"
  "UBSAN_OPTIONS=print_stacktrace=1")

# sakip_test(NAME LABELS unit [more ...] SOURCES ... DEPS ... [TIMEOUT seconds])
# One ctest entry a binary. The first label is the layer (tests/README.md).
function(sakip_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "LABELS;SOURCES;DEPS" ${ARGN})
  if(NOT arg_LABELS)
    message(FATAL_ERROR "sakip_test(${name}): LABELS is missing")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE sakip_warnings ${arg_DEPS} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    SAKIP_SOURCE_DIR="${CMAKE_SOURCE_DIR}" SAKIP_BINARY_DIR="${CMAKE_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT} ENVIRONMENT "${SAKIP_TEST_ENVIRONMENT}")
endfunction()

# sakip_script_test(NAME LABELS ... COMMAND ... [TIMEOUT seconds]): a test that is a script.
function(sakip_script_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "LABELS;COMMAND" ${ARGN})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${arg_COMMAND} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    LABELS "${arg_LABELS}" TIMEOUT ${arg_TIMEOUT} ENVIRONMENT "${SAKIP_TEST_ENVIRONMENT}")
endfunction()
