# What nearly every file includes, parsed once for all rooms and once for all tests: without it two
# thirds of a build is the same headers again. Only headers from outside and the one Result: a change in a room must not rebuild every other room.
set(FIELDNODE_PRECOMPILED
  <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <span> <string> <string_view> <variant> <vector>
  <fmt/format.h> "${CMAKE_SOURCE_DIR}/sync/base/result.h")

# fieldnode_precompiled(NAME HEADERS ... [OPTIONS ...] [PROGRAM]): a target that only others take their precompiled headers
# from. PROGRAM: for programs, whose code is compiled with -fPIE where a library's is with -fPIC.
function(fieldnode_precompiled name)
  cmake_parse_arguments(ARG "PROGRAM" "" "HEADERS;OPTIONS" ${ARGN})
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/${name}.cpp" CONTENT "int main() {}\n")
  if(ARG_PROGRAM)
    add_executable(${name} "${CMAKE_BINARY_DIR}/${name}.cpp")
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  else()
    add_library(${name} OBJECT "${CMAKE_BINARY_DIR}/${name}.cpp")
  endif()
  target_link_libraries(${name} PRIVATE fieldnode_options fmt::fmt Boost::headers)
  target_compile_options(${name} PRIVATE ${ARG_OPTIONS})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

fieldnode_precompiled(room_headers HEADERS ${FIELDNODE_PRECOMPILED})

# Tests are compiled once and run once: what they test is optimised, they need not be.
set(FIELDNODE_TEST_OPTIONS $<$<CONFIG:Release>:-O0> $<$<CONFIG:Release>:-U_FORTIFY_SOURCE>)
if(FIELDNODE_TESTS)
  fieldnode_precompiled(test_headers PROGRAM HEADERS <gtest/gtest.h> ${FIELDNODE_PRECOMPILED}
    OPTIONS ${FIELDNODE_TEST_OPTIONS})
  target_link_libraries(test_headers PRIVATE GTest::gtest)
endif()

# fieldnode_room(NAME SOURCES ... [PUBLIC libs ...] [PRIVATE libs ...] [PRECOMPILED headers ...])
# One static library per room. A room without sources is an interface. PRECOMPILED: headers of its own in place of the
# common ones.
function(fieldnode_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE;PRECOMPILED" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC fieldnode_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} fmt::fmt)
    if(ARG_PRECOMPILED)
      target_precompile_headers(${name} PRIVATE ${ARG_PRECOMPILED})
    else()
      target_precompile_headers(${name} REUSE_FROM room_headers)
    endif()
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE fieldnode_options ${ARG_PUBLIC})
  endif()
endfunction()

# fieldnode_test(NAME SOURCES ... [LIBS ...] [LABELS ...] [TIMEOUT seconds])
# One GoogleTest program; ctest sees each TEST by itself. FIELDNODE_TEST_DATA is tests/data.
function(fieldnode_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} GTest::gtest GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE FIELDNODE_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  target_link_libraries(${name} PRIVATE fmt::fmt)
  target_compile_options(${name} PRIVATE ${FIELDNODE_TEST_OPTIONS})
  target_precompile_headers(${name} REUSE_FROM test_headers)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  if(NOT ARG_LABELS)
    set(ARG_LABELS unit)
  endif()
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT})
endfunction()

# fieldnode_embed(NAME NAMESPACE ns ROOT dir FILES relative ...)
# Files become part of the program. Gives `std::optional<std::string_view> ns::embedded_file(path)` and
# `std::span<EmbeddedFile const> ns::embedded_files()` in "NAME.h".
function(fieldnode_embed name)
  cmake_parse_arguments(ARG "" "NAMESPACE;ROOT" "FILES;DEPENDS" ${ARGN})
  set(dir "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  set(asm ".section .rodata\n")
  set(externs "")
  set(rows "")
  set(inputs "")
  set(index 0)
  foreach(file IN LISTS ARG_FILES)
    set(symbol "${name}_${index}")
    string(APPEND asm ".global ${symbol}_begin\n.global ${symbol}_end\n${symbol}_begin:\n"
      ".incbin \"${ARG_ROOT}/${file}\"\n${symbol}_end:\n.byte 0\n")
    string(APPEND externs "extern \"C\" char const ${symbol}_begin[];\nextern \"C\" char const ${symbol}_end[];\n")
    string(APPEND rows "  {\"${file}\", {${symbol}_begin, static_cast<std::size_t>(${symbol}_end - ${symbol}_begin)}},\n")
    list(APPEND inputs "${ARG_ROOT}/${file}")
    math(EXPR index "${index} + 1")
  endforeach()
  string(APPEND asm ".section .note.GNU-stack,\"\",@progbits\n")
  file(CONFIGURE OUTPUT "${dir}/${name}.S" CONTENT "${asm}" @ONLY)
  file(CONFIGURE OUTPUT "${dir}/${name}.h" @ONLY CONTENT
"#pragma once
#include <optional>
#include <span>
#include <string_view>
namespace ${ARG_NAMESPACE} {
struct EmbeddedFile {
  std::string_view path;
  std::string_view content;
};
[[nodiscard]] std::span<EmbeddedFile const> embedded_files();
[[nodiscard]] std::optional<std::string_view> embedded_file(std::string_view path);
}  // namespace ${ARG_NAMESPACE}
")
  file(CONFIGURE OUTPUT "${dir}/${name}.cpp" @ONLY CONTENT
"#include \"${name}.h\"
#include <array>
${externs}
namespace ${ARG_NAMESPACE} {
std::span<EmbeddedFile const> embedded_files() {
  static std::array<EmbeddedFile, ${index}> const kFiles{{
${rows}  }};
  return kFiles;
}
std::optional<std::string_view> embedded_file(std::string_view path) {
  for (auto const& file : embedded_files()) {
    if (file.path == path) return file.content;
  }
  return std::nullopt;
}
}  // namespace ${ARG_NAMESPACE}
")
  set_source_files_properties("${dir}/${name}.S" PROPERTIES OBJECT_DEPENDS "${inputs};${ARG_DEPENDS}")
  add_library(${name} STATIC "${dir}/${name}.cpp" "${dir}/${name}.S")
  target_link_libraries(${name} PRIVATE fieldnode_options)
  target_include_directories(${name} PUBLIC "${dir}")
endfunction()
