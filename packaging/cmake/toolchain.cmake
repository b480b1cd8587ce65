# Compiler settings of every target: C++20, warnings, hardening, fast links.
option(FIELDNODE_TESTS "build the tests" ON)
option(FIELDNODE_FUZZ "build the libFuzzer targets (clang only)" OFF)
set(FIELDNODE_SANITIZE "" CACHE STRING "sanitizers, comma separated: address,undefined | thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

# Light debug symbols: a crash in an office must name a line, a link on an old machine must stay short.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # Without this word ccache keeps nothing that was compiled with a precompiled header.
  set(launch_ccache "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
  set(CMAKE_C_COMPILER_LAUNCHER ${launch_ccache})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launch_ccache})
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

add_library(fieldnode_options INTERFACE)
target_compile_options(fieldnode_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow -fstack-protector-strong
  # An options struct names the fields that it sets; the others keep their defaults.
  -Wno-missing-field-initializers)
if(DEFINED ENV{CI})
  target_compile_options(fieldnode_options INTERFACE -Werror)
endif()
target_include_directories(fieldnode_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(fieldnode_options INTERFACE _GLIBCXX_ASSERTIONS
  FIELDNODE_VERSION="${PROJECT_VERSION}")
target_compile_definitions(fieldnode_options INTERFACE $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>)
target_link_options(fieldnode_options INTERFACE -Wl,-z,relro,-z,now -pie)
if(FIELDNODE_SANITIZE)
  target_compile_options(fieldnode_options INTERFACE -fsanitize=${FIELDNODE_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(fieldnode_options INTERFACE -fsanitize=${FIELDNODE_SANITIZE})
endif()
if(FIELDNODE_FUZZ)
  target_compile_options(fieldnode_options INTERFACE -O1)  # a fuzzer lives from executions per second
endif()
