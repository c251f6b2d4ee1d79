# The Python module rarewood._core, made by nanobind from src/rarewood/python and put beside the
# Python files of python/rarewood in the environment's site-packages. Skipped while there is none.

set(_module "${PROJECT_SOURCE_DIR}/src/rarewood/python/module.cpp")
if(NOT EXISTS "${_module}")
  return()
endif()

set(Python_EXECUTABLE "${RAREWOOD_PYTHON}")
find_package(Python 3.11 REQUIRED COMPONENTS Interpreter Development.Module)
execute_process(COMMAND "${Python_EXECUTABLE}" -m nanobind --cmake_dir
  OUTPUT_VARIABLE nanobind_ROOT OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
find_package(nanobind CONFIG REQUIRED)

nanobind_add_module(rarewood_python NB_STATIC "${_module}")
target_link_libraries(rarewood_python PRIVATE rarewood_workflow)
set_target_properties(rarewood_python PROPERTIES
  OUTPUT_NAME _core
  LIBRARY_OUTPUT_DIRECTORY "${Python_SITEARCH}/rarewood")
add_custom_command(TARGET rarewood_python POST_BUILD
  COMMAND "${CMAKE_COMMAND}" -E copy_directory
    "${PROJECT_SOURCE_DIR}/python/rarewood" "${Python_SITEARCH}/rarewood")
add_dependencies(product rarewood_python)
