# What nearly every file includes, parsed once per target: without it two thirds of a build is the same headers again.
# Only headers from outside and the one Result: a change in a room must not rebuild every other room.
set(FIELDNODE_PRECOMPILED
  <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <span> <string> <string_view> <variant> <vector>
  <fmt/format.h> "${CMAKE_SOURCE_DIR}/sync/base/result.h")

# fieldnode_room(NAME SOURCES ... [PUBLIC libs ...] [PRIVATE libs ...])
# One static library per room. A room without sources is an interface.
function(fieldnode_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_link_libraries(${name} PUBLIC fieldnode_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} fmt::fmt)
    list(LENGTH ARG_SOURCES size)
    if(size GREATER 4)
      target_precompile_headers(${name} PRIVATE ${FIELDNODE_PRECOMPILED})
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
  target_precompile_headers(${name} PRIVATE <gtest/gtest.h> ${FIELDNODE_PRECOMPILED})
  target_link_libraries(${name} PRIVATE fmt::fmt)
  # Tests are compiled once and run once: what they test is optimised, they need not be.
  if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(${name} PRIVATE -O0 -U_FORTIFY_SOURCE)
  endif()
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
