//! What can be asked of the axis.

/// One operation of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    GetAgenciesList,
    GetAgenciesListQd20,
    GetSynchronizeUnit,
    RegisterAgency,
    DeleteAgency,
    GetReceivedEdocList,
    GetSentEdocList,
    SendEdoc,
    GetEdoc,
    DownloadEdoc,
    UpdateStatus,
    CountReceiveEdoc,
    CountReceiveStatus,
}

impl Operation {
    pub const ALL: [Operation; 13] = [
        Operation::GetAgenciesList,
        Operation::GetAgenciesListQd20,
        Operation::GetSynchronizeUnit,
        Operation::RegisterAgency,
        Operation::DeleteAgency,
        Operation::GetReceivedEdocList,
        Operation::GetSentEdocList,
        Operation::SendEdoc,
        Operation::GetEdoc,
        Operation::DownloadEdoc,
        Operation::UpdateStatus,
        Operation::CountReceiveEdoc,
        Operation::CountReceiveStatus,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Operation::GetAgenciesList => "getAgenciesList",
            Operation::GetAgenciesListQd20 => "getAgenciesListQD20",
            Operation::GetSynchronizeUnit => "getSynchronizeUnit",
            Operation::RegisterAgency => "registerAgency",
            Operation::DeleteAgency => "deleteAgency",
            Operation::GetReceivedEdocList => "getReceivedEdocList",
            Operation::GetSentEdocList => "getSentEdocList",
            Operation::SendEdoc => "sendEdoc",
            Operation::GetEdoc => "getEdoc",
            Operation::DownloadEdoc => "downloadEdoc",
            Operation::UpdateStatus => "updateStatus",
            Operation::CountReceiveEdoc => "countReceiveEdoc",
            Operation::CountReceiveStatus => "countReceiveStatus",
        }
    }

    /// The kit writes the path behind an address that may end in a slash itself: any number of
    /// slashes is one.
    pub fn of_path(path: &str) -> Option<Operation> {
        let name = path.trim_start_matches('/');
        Operation::ALL.into_iter().find(|operation| operation.name() == name)
    }

    /// Whether a request may come with this method. The kit counts with POST where its
    /// description says GET.
    pub fn takes(self, method: &str) -> bool {
        match self {
            Operation::DownloadEdoc => method == "GET",
            Operation::CountReceiveEdoc | Operation::CountReceiveStatus => {
                matches!(method, "GET" | "POST")
            }
            _ => method == "POST",
        }
    }

    /// What our own client uses.
    pub fn method(self) -> &'static str {
        match self {
            Operation::DownloadEdoc => "GET",
            _ => "POST",
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Operation::SendEdoc => "application/octet-stream",
            _ => "application/json",
        }
    }
}

/// What kind of packet a list or a sending is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageType {
    Edoc,
    Status,
}

impl MessageType {
    /// In any case of letters: some write `eDoc`, as the service is called.
    pub fn read(text: &str) -> Option<MessageType> {
        match text.to_ascii_lowercase().as_str() {
            "edoc" => Some(MessageType::Edoc),
            "status" => Some(MessageType::Status),
            _ => None,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            MessageType::Edoc => "edoc",
            MessageType::Status => "status",
        }
    }
}

/// How far the axis has carried a packet to one receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransportStatus {
    Initial,
    Processing,
    Done,
    Fail,
}

impl TransportStatus {
    pub fn read(text: &str) -> Option<TransportStatus> {
        match text.to_ascii_lowercase().as_str() {
            "initial" => Some(TransportStatus::Initial),
            "processing" => Some(TransportStatus::Processing),
            "done" => Some(TransportStatus::Done),
            "fail" => Some(TransportStatus::Fail),
            _ => None,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            TransportStatus::Initial => "initial",
            TransportStatus::Processing => "processing",
            TransportStatus::Done => "done",
            TransportStatus::Fail => "fail",
        }
    }
}
