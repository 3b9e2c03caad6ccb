mod facts;
mod forms;
mod loading;
