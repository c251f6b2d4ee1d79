# The Python package rarewood: its Python files from python/rarewood and beside them the module
# rarewood._core, made by nanobind from src/rarewood/python. It is put together in
# <build folder>/python; a release build also copies it into the environment's site-packages, so
# that `import rarewood` and pickled models work in .venv.

if(RAREWOOD_SANITIZE)
  return()  # Python itself would have to be built with the sanitizer
endif()

set(Python_EXECUTABLE "${RAREWOOD_PYTHON}")
find_package(Python 3.11 REQUIRED COMPONENTS Interpreter Development.Module)
execute_process(COMMAND "${Python_EXECUTABLE}" -m nanobind --cmake_dir
  OUTPUT_VARIABLE nanobind_ROOT OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "nanobind was not found in ${RAREWOOD_PYTHON}. Run 'bash tool/setup.sh', or "
    "'${RAREWOOD_PYTHON} -m pip install -r requirements.txt'.")
endif()
find_package(nanobind CONFIG REQUIRED)

set(rarewood_package "${PROJECT_BINARY_DIR}/python/rarewood")
nanobind_add_module(rarewood_module NB_STATIC
  "${PROJECT_SOURCE_DIR}/src/rarewood/python/module.cpp")
target_link_libraries(rarewood_module PRIVATE rarewood_python)
# Beside pyarrow in site-packages the first path is right wherever the environment is moved to.
set_target_properties(rarewood_module PROPERTIES
  OUTPUT_NAME _core
  LIBRARY_OUTPUT_DIRECTORY "${rarewood_package}"
  INSTALL_RPATH "$ORIGIN/../pyarrow;${CMAKE_INSTALL_RPATH}")

set(_folder "${PROJECT_SOURCE_DIR}/python/rarewood")
file(GLOB rarewood_python_files CONFIGURE_DEPENDS
  "${_folder}/*.py" "${_folder}/*.pyi" "${_folder}/py.typed")
set(rarewood_package_stamp "${PROJECT_BINARY_DIR}/python/package.stamp")
set(rarewood_install_package "")
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(rarewood_install_package COMMAND "${CMAKE_COMMAND}" -E copy_directory
    "${rarewood_package}" "${Python_SITEARCH}/rarewood")
endif()
add_custom_command(OUTPUT "${rarewood_package_stamp}"
  COMMAND "${CMAKE_COMMAND}" -E copy ${rarewood_python_files} "${rarewood_package}"
  ${rarewood_install_package}
  COMMAND "${CMAKE_COMMAND}" -E touch "${rarewood_package_stamp}"
  DEPENDS rarewood_module ${rarewood_python_files}
  COMMENT "Putting the Python package together")
add_custom_target(rarewood_python_package ALL DEPENDS "${rarewood_package_stamp}")
add_dependencies(product rarewood_python_package)
