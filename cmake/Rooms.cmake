# A room is one folder of src/rarewood and one static library: rarewood_room(), and the program
# made of them: rarewood_program().

# rarewood_room(NAME [DEPENDS room...] [LINKS target...] [PUBLIC_LINKS target...])
# Makes rarewood_NAME from every .cpp below src/rarewood/NAME but *_test.cpp, main.cpp (a program)
# and module.cpp (a Python module), and test_NAME from the *_test.cpp files. A room with no .cpp
# left is an INTERFACE library.
function(rarewood_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "" "DEPENDS;LINKS;PUBLIC_LINKS")
  if(room_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "rarewood_room(${name}): unknown words ${room_UNPARSED_ARGUMENTS}")
  endif()
  set(rooms "")
  foreach(below IN LISTS room_DEPENDS)
    if(NOT TARGET rarewood_${below})
      message(FATAL_ERROR "Room '${name}' depends on '${below}', which is not declared above it. "
        "A room may use only rooms above it in src/rarewood/CMakeLists.txt.")
    endif()
    list(APPEND rooms rarewood_${below})
  endforeach()

  set(folder "${CMAKE_CURRENT_SOURCE_DIR}/${name}")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${folder}/*.cpp")
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test|/main|/module)\\.cpp$")

  if(sources)
    add_library(rarewood_${name} STATIC ${sources})
    target_include_directories(rarewood_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(rarewood_${name} PUBLIC ${rooms} ${room_PUBLIC_LINKS}
      PRIVATE rarewood_warnings fmt::fmt nlohmann_json::nlohmann_json ${room_LINKS})
  else()
    add_library(rarewood_${name} INTERFACE)
    target_include_directories(rarewood_${name} INTERFACE "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(rarewood_${name} INTERFACE ${rooms} ${room_PUBLIC_LINKS})
  endif()

  if(RAREWOOD_TESTS AND tests)
    rarewood_room_test(${name} "${tests}" "${room_LINKS}")
  endif()
endfunction()

# Tests run in the source folder, one ctest entry a case. They are listed when ctest starts, not
# at build time, so a build never runs what it made.
function(rarewood_room_test name tests links)
  add_executable(test_${name} ${tests})
  target_link_libraries(test_${name} PRIVATE rarewood_${name} rarewood_warnings
    fmt::fmt nlohmann_json::nlohmann_json ${links} GTest::gtest_main)
  set(properties TIMEOUT 300 LABELS ${name})
  if(RAREWOOD_SANITIZE)
    # The sanitizer opens libraries in the program's place, and the program's own path to those that
    # are loaded when needed is not looked at.
    list(JOIN CMAKE_INSTALL_RPATH ":" folders)
    list(APPEND properties ENVIRONMENT "LD_LIBRARY_PATH=${folders}")
  endif()
  gtest_discover_tests(test_${name} TEST_PREFIX ${name}. DISCOVERY_MODE PRE_TEST
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" PROPERTIES ${properties})
endfunction()

# rarewood_program(NAME ROOM room): the executable of that room's main.cpp, in the build folder.
function(rarewood_program name)
  cmake_parse_arguments(PARSE_ARGV 1 program "" "ROOM" "")
  set(main "${CMAKE_CURRENT_SOURCE_DIR}/${program_ROOM}/main.cpp")
  if(NOT EXISTS "${main}")
    return()
  endif()
  add_executable(${name} "${main}")
  target_link_libraries(${name} PRIVATE rarewood_${program_ROOM} rarewood_warnings)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
  install(TARGETS ${name})
  add_dependencies(product ${name})
endfunction()
